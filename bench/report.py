"""What a benchmark prints."""

from __future__ import annotations

from typing import Any


def dataset(title: str, found: dict[str, Any], threads: int) -> str:
    """One set of events: the index, every question beside reading the arrays, and the peers beside ours."""
    lines = [f"== {title}, {threads} threads"]
    build, store, ask = found["build"], found["store"], found["ask"]
    lines.append(_failed("index from Parquet", build) or _build(build))
    lines.extend([_failed("store", store)] if "failed" in store else _store(store))
    if "read_seconds" not in ask:
        return "\n".join([*lines, _failed("questions", ask) or ""])
    peers = found["peers"]
    read, own = ask["read_seconds"], ask["questions"]
    lines.append(f"  {'reading the arrays once':<36}{_ms(read)}")
    heads = "".join(f"{name:>22}" for name in peers)
    lines.append(f"  {'question':<36}{'ms':>10}{'x reading':>11}{heads}")
    for question, seconds in own.items():
        beside = "".join(_beside(peer, question, seconds) for peer in peers.values())
        lines.append(f"  {question:<36}{_ms(seconds)}{seconds / read:>10.1f}x{beside}")
    lines += [f"  {question:<36}{'-':>10}  {why}" for question, why in ask["failed"].items()]
    if ask["not_asked"]:
        lines.append(f"  not asked: {', '.join(ask['not_asked'])}")
    lines.append(f"  peak memory while asking, the mapped index in it: {ask['peak_bytes'] / 1e9:.2f} GB")
    for name, peer in peers.items():
        if "questions" not in peer:
            lines.append(f"  {name}: {peer.get('skipped') or peer.get('failed')}")
            continue
        ways = [
            f"{way[13:-1]} {s:.2f} s"
            for way, s in peer["questions"].items()
            if way.startswith("transitions (")
        ]
        told = f" (transitions by {'; '.join(ways)})" if ways else ""
        lines.append(
            f"  {name} {peer['version']}: loading and sorting {peer['load_seconds']:.1f} s, "
            f"peak {peer['peak_bytes'] / 1e9:.2f} GB{told}"
        )
    return "\n".join(lines)


def _build(build: dict[str, Any]) -> str:
    million = build["events"] / 1e6
    return (
        f"  {million:.2f} million events of {build['persons']:,} persons, {build['names']:,} names; "
        f"index from Parquet {build['seconds']:.2f} s ({million / build['seconds']:.2f} million/s), "
        f"{build['bytes_an_event']:.2f} bytes an event, peak {build['peak_bytes'] / 1e9:.2f} GB"
    )


def _store(store: dict[str, Any]) -> list[str]:
    ratio = store["merge_seconds"] / store["rebuild_seconds"]
    return [
        f"  import {store['import_seconds']:.2f} s, index from the store {store['build_seconds']:.2f} s, "
        f"opened in {store['open_seconds'] * 1000:.1f} ms, the whole file {store['bytes_an_event']:.2f} bytes "
        f"an event, peak {store['peak_bytes'] / 1e9:.2f} GB",
        f"  merge of {store['new_events']:,} new events {store['merge_seconds']:.2f} s, rebuild with them "
        f"{store['rebuild_seconds']:.2f} s: {ratio:.3f} of it; the same bytes: {'yes' if store['identical'] else 'NO'}",
    ]


def _beside(peer: dict[str, Any], question: str, own: float) -> str:
    seconds = peer.get("questions", {}).get(question)
    return f"{'':>22}" if seconds is None else f"{seconds:>12.2f} s {seconds / own:>6.0f}x"


def _failed(what: str, answer: dict[str, Any]) -> str | None:
    return f"  {what}: {answer['failed']}" if "failed" in answer else None


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:>10.1f}"
