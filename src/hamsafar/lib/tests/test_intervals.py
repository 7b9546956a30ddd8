import pytest

from hamsafar.lib.intervals import wilson


def test_against_a_published_value() -> None:
    # R: binom::binom.confint(8, 10, method = "wilson") gives 0.4901625, 0.9433178
    rate = wilson(8, 10)
    assert rate.value == 0.8
    assert rate.low == pytest.approx(0.4901625, abs=1e-6)
    assert rate.high == pytest.approx(0.9433178, abs=1e-6)


def test_the_ends_and_nothing() -> None:
    assert wilson(0, 5).low == 0.0
    assert wilson(5, 5).high == 1.0
    assert wilson(0, 0).value is None
    with pytest.raises(ValueError, match="not a share"):
        wilson(3, 2)
