"""Attribution, predictions and what-if of very many names, a very long path, and paths of one event."""

from __future__ import annotations

import numpy as np
import pytest

from hamsafar.journeys import PathIndex
from hamsafar.journeys.columns import Columns
from hamsafar.journeys.index import code_type, fingerprint
from hamsafar.journeys.text_column import TextColumn
from hamsafar.journeys.view import END, START


def many_names(n_names: int = 60_000) -> PathIndex:
    """Every name once, in paths of three, each followed by the first name."""
    code = np.arange(1, n_names, dtype=code_type(n_names))[: (n_names - 1) // 3 * 3].reshape(-1, 3)
    code = np.column_stack([code, np.zeros(len(code), dtype=code.dtype)])
    offset = np.arange(0, code.size + 1, 4, dtype=np.int64)
    at_us = np.tile(np.arange(4, dtype=np.int64) * 1_000_000, len(code))
    return PathIndex(
        code=code.ravel(),
        at_us=at_us,
        offset=offset,
        names=tuple(f"e{number:05}" for number in range(n_names)),
        persons=TextColumn.of(f"p{number:05}" for number in range(len(code))),
        properties=Columns({}),
        version=fingerprint(code.ravel()),
    )


def test_sixty_thousand_names() -> None:
    index = many_names()
    credited = index.attribution("e00000", None, top=5)
    assert credited.conversions == index.n_paths
    assert credited.other_channels == 3 * index.n_paths - 5
    assert sum(row["conversions"] for row in credited.to_dict()["rows"] if row["model"] == "markov") == (
        pytest.approx(index.n_paths)
    )
    # Whoever is at the first step never comes to the second: half of one path of all.
    chain = index.what_if("e00000", ["e00001->e00002=0.5", f"e00001->{END}=0.5"])
    assert chain.reach_before.value == pytest.approx(1)
    assert chain.conversions_change.value == pytest.approx(-0.5)
    assert chain.rows.num_rows == 4 * index.n_paths + 1
    predicted = index.next_step("p00007", open_after_seconds=1)
    assert predicted.still_open or predicted.cases > 0


def test_a_path_of_a_million_events() -> None:
    names = ["ad", "visit", "buy"]
    n = 999_999
    index = PathIndex(
        code=np.arange(n, dtype=np.int64).__mod__(3).astype(np.uint8),
        at_us=np.arange(n, dtype=np.int64) * 1_000_000,
        offset=np.array([0, n], dtype=np.int64),
        names=tuple(names),
        persons=TextColumn.of(["p"]),
        properties=Columns({}),
        version="million",
    )
    credited = index.attribution("buy", None, models=["first", "last"])
    assert [row["conversions"] for row in credited.to_dict()["rows"]] == [n // 3, 0, 0, n // 3]
    predicted = index.next_step("p")
    assert predicted.to_dict()["rows"][0]["event"] == "ad"
    assert index.what_if("buy").seconds_before.value == 2


def test_paths_of_one_event() -> None:
    index = PathIndex.from_arrays([f"p{n}" for n in range(5)], ["buy", "see", "see", "buy", "see"], [0] * 5)
    credited = index.attribution("buy", None)
    assert {row["channel"] for row in credited.to_dict()["rows"] if row["conversions"]} == {"(none)"}
    chain = index.what_if("buy")
    assert (chain.reach_before.value, chain.seconds_before.value) == (pytest.approx(0.4), 0)
    assert {(row["source"], row["target"]) for row in chain.to_dict()["rows"]} == {
        (START, "buy"),
        (START, "see"),
        ("see", END),
    }
