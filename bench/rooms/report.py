"""What the benchmarks of the live rooms print."""

from __future__ import annotations

from typing import Any

TARGET_SECONDS = 0.1


def one_map(found: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"live: {found['editors']} editors in one map of {found['cards']:,} cards, {found['edits']:,} edits "
            f"in {found['seconds']:.0f} s, and everyone's pointer",
            f"  on the others' screens after       {_spread(found)}   target {TARGET_SECONDS * 1000:.0f} ms",
            f"  seen by the others                 {found['seen']:,} of {found['expected']:,}",
            _server(found),
        ]
    )


def many_maps(found: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"live: {found['maps']} maps of {found['cards']} cards, two editors in each, {found['edits']:,} edits "
            f"in {found['seconds']:.0f} s; all opened in {found['open_seconds']:.1f} s",
            f"  stored, and said so, after         {_spread(found)}",
            f"  lost edits                         {found['lost']} "
            f"({found['compared']} screens compared with what is stored)",
            f"{_server(found)}; {_mib(found['memory_before'])} before they came",
        ]
    )


def an_hour(found: dict[str, Any]) -> str:
    lines = [
        f"live: an hour of {found['editors']} editors in one map, {found['edits']:,} edits in {found['seconds']:.0f} s "
        f"({found['edits'] / found['seconds']:.0f} a second); lost edits: {found['lost']}",
        f"  {'edits':>8}{'server memory':>16}{'document kept':>16}{'rows of the log':>18}",
        *(
            f"  {edits:>8,}{_mib(memory):>16}{size / 1024:>12,.0f} KiB{rows:>18}"
            for edits, memory, size, rows in found["samples"]
        ),
        f"  in the second half the memory grows by {slope(found['samples']) / 2**20 * 10_000:+.2f} MiB "
        f"for every 10,000 edits",
        _server(found),
    ]
    return "\n".join(lines)


def slope(samples: list[tuple[int, int, int, int]]) -> float:
    """Bytes of memory for each edit in the second half, by least squares."""
    half = [(edits, memory) for edits, memory, *_ in samples[len(samples) // 2 :]]
    mean_edits = sum(edits for edits, _ in half) / len(half)
    mean_memory = sum(memory for _, memory in half) / len(half)
    spread = sum((edits - mean_edits) ** 2 for edits, _ in half)
    together = sum((edits - mean_edits) * (memory - mean_memory) for edits, memory in half)
    return together / spread if spread else 0.0


def _spread(found: dict[str, Any]) -> str:
    return " · ".join(
        f"{name} {found[key] * 1000:.1f} ms"
        for name, key in (("median", "median"), ("95%", "most"), ("worst", "worst"))
    )


def _server(found: dict[str, Any]) -> str:
    share, memory = f"{found['cpu'] * 100:.0f}% of a core", _mib(found["memory"])
    return f"  the server                         {share}, {memory} of memory"


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"
