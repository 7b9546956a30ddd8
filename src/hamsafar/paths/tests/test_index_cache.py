from __future__ import annotations

import threading

import pytest

from hamsafar.paths.index_cache import IndexCache


def test_a_value_is_made_once_for_a_state_however_many_ask() -> None:
    cache: IndexCache[object] = IndexCache(4)
    made: list[object] = []
    together = threading.Barrier(8)
    found: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask() -> None:
        together.wait()
        found.append(cache.get("w1", "s1", make))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert all(one is made[0] for one in found)


def test_another_state_is_made_anew_and_the_old_one_forgotten() -> None:
    cache: IndexCache[str] = IndexCache(4)
    assert cache.get("w1", "s1", lambda: "old") == "old"
    assert cache.get("w1", "s2", lambda: "new") == "new"
    assert cache.get("w1", "s2", lambda: "newer") == "new"


def test_a_failure_is_not_remembered() -> None:
    cache: IndexCache[int] = IndexCache(4)
    with pytest.raises(ZeroDivisionError):
        cache.get("w1", "s1", lambda: 1 // 0)
    assert cache.get("w1", "s1", lambda: 7) == 7


def test_the_least_used_go_first() -> None:
    cache: IndexCache[str] = IndexCache(2)
    for key in ("w1", "w2", "w1", "w3"):
        cache.get(key, "s", lambda key=key: key)
    assert cache.get("w1", "s", lambda: "made again") == "w1"
    assert cache.get("w2", "s", lambda: "made again") == "made again"
