"""Small groups are withheld from the answers about cohorts, times, features and segments."""

from __future__ import annotations

from hamsafar.journeys import Condition, PathIndex

DAY = 86_400_000_000


def shop() -> PathIndex:
    """In week 1 ten persons begin and five come back; in week 2 two begin; both cities have buyers."""
    rows = []
    for number in range(10):
        rows.append((f"a{number}", "visit", number, "Qom"))
        if number < 5:
            rows.append((f"a{number}", "buy", 8 * DAY + number, "Qom"))
    for number in range(2):
        rows.append((f"b{number}", "visit", 8 * DAY + number, "Yazd"))
    rows.append(("b0", "buy", 30 * DAY, "Yazd"))
    person, name, at_us, city = (list(column) for column in zip(*rows, strict=True))
    return PathIndex.from_arrays(person, name, at_us, {"city": city})


def test_cohorts_of_few_and_what_would_tell_of_them() -> None:
    answer = shop().retention("week", periods=3).withhold(3).to_dict()
    # The cohort of two goes, and the only other one with it: all who began are known.
    assert answer["rows"] == []
    assert answer["overall"] == []
    assert answer["withheld"] > 0
    whole = shop().retention("week", periods=3).withhold(1).to_dict()
    assert whole["withheld"] == 0


def test_groups_of_few_have_no_curve() -> None:
    found = shop().survival("visit", "buy", by="city")
    answer = found.withhold(3).to_dict()
    assert answer["groups"] == [] == answer["rows"]
    assert answer["log_rank"] is None
    whole = shop().survival("visit", "buy").withhold(3).to_dict()
    assert all(row["reached"] == 0 or row["reached"] >= 3 for row in whole["rows"])
    assert [row["paths"] for row in whole["groups"]] == [12]


def test_features_with_a_small_cell() -> None:
    rows = shop().correlates("buy", properties=["city"], min_paths=1).withhold(3).to_dict()["rows"]
    assert rows == []


def test_rows_that_one_segment_withholds() -> None:
    index = shop()
    qom, yazd = (index.select(conditions=[Condition("city", "=", city)]) for city in ("Qom", "Yazd"))
    compared = qom.compare(yazd, "overview")
    answer = compared.withhold(2).to_dict()
    assert {row["row"][0] for row in compared.to_dict()["rows"]} == {"visit", "buy"}
    assert answer["rows"] == []
    assert answer["withheld"] == 2
    both = index.compare(yazd, "overview").withhold(3).to_dict()
    assert both["overlap"] is None
