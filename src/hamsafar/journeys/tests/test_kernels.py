"""The histogram of durations, the thread runner, and where machine code is kept."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.kernels import cache_directory
from hamsafar.journeys.kernels import histogram as hist
from hamsafar.journeys.parts import run_parts, split

HUNDRED_YEARS = 100 * 366 * 86_400 * 1_000_000


@given(st.integers(0, HUNDRED_YEARS))
def test_a_duration_lies_in_its_bucket_and_near_its_middle(duration: int) -> None:
    bucket = hist.bucket_of(duration)
    low, high = hist.bucket_bounds(bucket)
    assert low <= duration < high
    assert bucket < hist.buckets_for(duration) <= bucket + 1
    middle = hist.bucket_middles(bucket + 1)[bucket]
    assert abs(middle - duration) <= hist.RELATIVE_ERROR * duration


def test_short_durations_have_a_bucket_each() -> None:
    assert len({hist.bucket_of(duration) for duration in range(129)}) == 129


@given(st.lists(st.integers(0, HUNDRED_YEARS), min_size=1, max_size=40))
def test_median_of_a_histogram_is_within_its_stated_error(durations: list[int]) -> None:
    counts = np.zeros(hist.buckets_for(max(durations)), dtype=np.uint32)
    for duration in durations:
        counts[hist.bucket_of(duration)] += 1
    true = statistics.median(durations)
    found = hist.median_us(counts)
    assert found is not None
    assert abs(found - true) <= hist.RELATIVE_ERROR * true
    low, high, below = hist.middle_buckets(counts.reshape(1, -1))[0]
    assert (low, high) == hist.quantile_buckets(counts)
    assert below == sum(1 for duration in durations if hist.bucket_of(duration) < low)


def test_median_of_nothing_is_none() -> None:
    assert hist.median_us(np.zeros(5, dtype=np.uint32)) is None
    assert hist.middle_buckets(np.zeros((1, 5), dtype=np.uint32)).tolist() == [[-1, -1, 0]]


def paths(*lengths: int) -> PathIndex:
    persons = [f"p{number}" for number, length in enumerate(lengths) for _ in range(length)]
    return PathIndex.from_arrays(persons, ["a"] * len(persons), list(range(len(persons))))


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 100])
def test_parts_hold_every_person_once(parts: int) -> None:
    index = paths(3, 1, 1, 50, 2, 1)
    pieces = split(index, parts)
    assert [person for piece in pieces for person in range(piece.first, piece.last)] == list(range(6))
    assert sum(piece.n_events for piece in pieces) == index.n_events


def test_an_empty_index_is_one_empty_part() -> None:
    assert run_parts(paths(), lambda part: part.n_paths, parts=4) == [0]


def test_parts_come_back_in_the_order_of_persons() -> None:
    index = paths(*[2] * 10)
    assert run_parts(index, lambda part: part.first, parts=5) == sorted(
        piece.first for piece in split(index, 5)
    )


def run_python(code: str, *, path: Path, cache: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(path), "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_machine_code_of_a_changed_helper_is_not_served(tmp_path: Path) -> None:
    """Numba alone would: the kernel's own file has not changed."""
    source = tmp_path / "src"
    package = source / "hamsafar"
    real = Path(__file__).resolve().parents[2]
    for room in ("lib", "journeys"):
        shutil.copytree(real / room, package / room, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    (package / "__init__.py").touch()
    helper = package / "journeys" / "kernels" / "helper.py"
    (package / "journeys" / "kernels" / "user.py").write_text(
        "from hamsafar.journeys.kernels import kernel\n"
        "from hamsafar.journeys.kernels.helper import step\n"
        "@kernel\ndef twice(x):\n    return step(step(x))\n"
    )
    ask = "from hamsafar.journeys.kernels.user import twice; print(twice(1))"
    for step, answer in ((1, "3"), (10, "21")):
        helper.write_text(
            f"from hamsafar.journeys.kernels import kernel\n@kernel\ndef step(x):\n    return x + {step}\n"
        )
        assert run_python(ask, path=source, cache=tmp_path / "cache") == answer


def test_importing_the_engine_imports_neither_the_compiler_nor_django(tmp_path: Path) -> None:
    source = Path(__file__).resolve().parents[3]
    loaded = run_python(
        "import sys, hamsafar.journeys, hamsafar.journeys.parts, hamsafar.journeys.kernels\n"
        "print([name for name in ('numba', 'django') if name in sys.modules])",
        path=source,
        cache=tmp_path,
    )
    assert loaded == "[]"


def test_without_a_home_machine_code_goes_to_the_temporary_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_a_directory = tmp_path / "file"
    not_a_directory.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(not_a_directory))
    cache_directory.cache_clear()
    try:
        chosen = cache_directory(tmp_path)
    finally:
        cache_directory.cache_clear()
    assert chosen.is_dir()
    assert not_a_directory not in chosen.parents
