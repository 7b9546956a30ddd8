import pytest

from hamsafar.lib.conditions import BadCondition, Condition


@pytest.mark.parametrize(
    ("op", "wanted", "value", "expected"),
    [
        ("=", "تهران", "تهران ", True),
        ("=", "كرج", "کرج", True),
        ("=", 10, "۱۰", True),
        ("=", True, "true", True),
        ("in", ["قم", "یزد"], "يزد", True),
        ("in", [], "یزد", False),
        (">", 1000, "۱٬۵۰۰", True),
        ("<", 5, "many", False),
        ("<", 10**400, 5, True),
        (">", 5, 10**400, True),
        ("=", "5", -(10**400), False),
        ("=", "NaN", "nan", True),
        ("=", 1000, "1_000", False),
        (">", 5, "Infinity", False),
        ("exists", None, "", True),
        ("exists", None, None, False),
        ("=", "x", None, False),
    ],
)
def test_conditions(op: str, wanted: object, value: object, expected: bool) -> None:
    assert Condition("p", op, wanted).holds(value) is expected  # type: ignore[arg-type]  # any text, on purpose


@pytest.mark.parametrize(("op", "value"), [("~", 1), ("in", "x"), (">", "much")])
def test_a_condition_that_can_never_be_meant_is_refused(op: str, value: object) -> None:
    with pytest.raises(BadCondition):
        Condition("p", op, value)  # type: ignore[arg-type]  # any text, on purpose
