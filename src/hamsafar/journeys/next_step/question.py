"""Next step: what a person will most likely do next, and when; and how good such predictions are."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial as bind
from math import inf
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownPerson
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.jackknife import GROUPS, interval
from hamsafar.journeys.next_step.model import (
    MOST_ORDER,
    Cases,
    Lessons,
    Model,
    Smoothing,
    cases_after,
    cases_before,
    learn,
    usual_open_after_us,
)
from hamsafar.journeys.next_step.sample import MOST_EVENTS, Sample, sample_of
from hamsafar.journeys.next_step.view import Evaluation, NextStep, Scores
from hamsafar.journeys.parts import Part
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.view import END, iso_time
from hamsafar.lib.errors import BadInput
from hamsafar.lib.intervals import wilson

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_TOP = 100
QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
_ENOUGH = 20  # cases a context needs for its times and shares to be told
_TEST_CASES = 100_000
_BINS = 10
_KEPT_MODELS = 4


class BadConfidence(BadInput):
    code = "bad_confidence"
    en = "“{given}” is not a confidence: a number from 0 to 1 is expected."
    fa = "«{given}» میزان اطمینان معتبری نیست: عددی بین ۰ و ۱ لازم است."


class NothingToPredict(BadInput):
    code = "nothing_to_predict"
    en = "There is too little to learn from: no step with a known outcome lies before {split}."
    fa = "داده‌ای برای یادگیری نیست: پیش از {split} هیچ گامی با نتیجهٔ معلوم وجود ندارد."


class NothingToTest(BadInput):
    code = "nothing_to_test"
    en = "There is nothing to test with: no step with a known outcome lies at or after {split}."
    fa = "داده‌ای برای آزمون نیست: از {split} به بعد هیچ گامی با نتیجهٔ معلوم وجود ندارد."


@dataclass(frozen=True)
class _Learned:
    model: Model
    open_after_us: int
    until_us: int


def next_step(
    paths: Askable,
    person: str,
    *,
    top: int = 5,
    min_confidence: float = 0.2,
    open_after_seconds: float | None = None,
) -> NextStep:
    """What ``person`` will most likely do next; see ``NextStep``.

    Learned from all paths (or from persons with about a million events): of every event it is known what came next,
    or that the path ended: nothing came for ``open_after_seconds`` (None: the 95th percentile of all gaps, at least
    a day, at most 90) before the end of the data. Paths that are still open teach nothing about their end.

    Raises ``UnknownPerson``, ``BadNumber`` (``top``), ``BadConfidence``, ``BadWindow`` and ``NothingToPredict``.
    """
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST_TOP:
        raise BadNumber(given=top, field="top", least=1, most=MOST_TOP)
    _check(min_confidence, open_after_seconds)
    own = paths.reduce(bind(_path_of, person), _either)
    if own is None:
        raise UnknownPerson(name=person, known=())
    learned = _learned(paths, open_after_seconds)
    code, at_us = own
    model = learned.model
    alone = Sample(
        code,
        at_us,
        np.array([0, len(code)], dtype=np.int64),
        np.zeros(1, dtype=np.uint64),
    )
    ids = model.contexts(alone, np.array([len(code) - 1], dtype=np.int64))
    none = np.full(1, -1, dtype=np.int64)
    symbols, shares, _ = model.predict(ids, none, min(top, model.n_names + 1))
    labels = [*node_names(paths.names), END]
    rows: dict[str, list[Any]] = {title: [] for title in ("event", "probability", "count", "of", "context")}
    seconds: dict[str, list[float | None]] = {name: [] for name in QUANTILES}
    timed: list[int] = []
    for symbol, share in zip(symbols[0].tolist(), shares[0].tolist(), strict=True):
        if symbol < 0:
            continue
        count, of, context = _observed(model, ids[0], symbol)
        gaps = _gaps(model, ids[0], symbol)
        rows["event"].append(labels[symbol])
        rows["probability"].append(share)
        rows["count"].append(count)
        rows["of"].append(of)
        rows["context"].append(context)
        timed.append(len(gaps))
        for name, quantile in QUANTILES.items():
            seconds[name].append(float(np.quantile(gaps, quantile)) / 1e6 if len(gaps) else None)
    best = rows["probability"][0] if rows["probability"] else 0.0
    return NextStep(
        unit=paths.unit,
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        person=person,
        path_events=len(code),
        last_events=tuple(labels[one] for one in code[-MOST_ORDER:].tolist()),
        last_at=str(iso_time(int(at_us[-1]))),
        still_open=bool(learned.until_us - int(at_us[-1]) <= learned.open_after_us),
        open_after_seconds=learned.open_after_us / 1e6,
        cases=len(model.cases.place),
        order=model.smoothing.order,
        calibrated=model.calibrated,
        min_confidence=min_confidence,
        abstains=best < min_confidence,
        rows=pa.table(
            {
                "event": pa.array(rows["event"], pa.string()),
                "probability": pa.array(rows["probability"], pa.float64()),
                "count": pa.array(rows["count"], pa.int64()),
                "of": pa.array(rows["of"], pa.int64()),
                "context": pa.array(rows["context"], pa.int64()),
                "timed": pa.array(timed, pa.int64()),
                **{f"{name}_seconds": pa.array(own, pa.float64()) for name, own in seconds.items()},
            }
        ),
    )


def next_step_persons(index: PathIndex, context: Sequence[str], event: str) -> Numbers:
    """Numbers of the persons in whose path ``event`` directly follows ``context``; ``(end)``: whose path ends so."""
    place_of = {label: code for code, label in enumerate(node_names(index.names))}
    names = [*context, *([] if event == END else [event])]
    run = np.array([place_of.get(name, -1) for name in names], dtype=np.int64)
    for place, name in zip(run.tolist(), names, strict=True):
        if place < 0:
            index.code_of(name)
    found = index.reduce(
        bind(_with_run, run, event == END), lambda left, right: np.concatenate([left, right])
    )
    return index.persons_of(found)


def _with_run(run: Numbers, at_end: bool, part: Part) -> Numbers:
    from hamsafar.journeys.kernels.contexts import paths_with_run

    index = part.index
    found: Numbers = paths_with_run(index.code, index.offset, part.first, part.last, run, at_end, False)
    return found


def evaluate(
    paths: Askable,
    *,
    split_us: int | None = None,
    min_confidence: float = 0.2,
    open_after_seconds: float | None = None,
) -> Evaluation:
    """How good predictions are: learned from what had happened before a time, tested on what came after it.

    ``split_us``: that time, microseconds since 1970; None: the one that four fifths of the events lie before. See
    ``Evaluation``. Raises ``BadConfidence``, ``BadWindow``, ``NothingToPredict`` and ``NothingToTest``.
    """
    _check(min_confidence, open_after_seconds)
    sample = sample_of(paths)
    until_us = paths.span_us[1] + 1
    if split_us is None:
        split_us = int(np.quantile(sample.at_us, 0.8, method="higher")) if len(sample.at_us) else 0
    n_names = len(paths.names)
    past = sample.before(split_us)
    open_after_us = (
        round(min(open_after_seconds, 2.0**61 / 1e6) * 1e6)
        if open_after_seconds is not None
        else usual_open_after_us(past)
    )
    split = str(iso_time(split_us))
    if not len(cases_before(past, n_names, split_us, open_after_us).place):
        raise NothingToPredict(split=split)
    all_tests = cases_after(sample, n_names, split_us, until_us, open_after_us)
    if not len(all_tests.place):
        raise NothingToTest(split=split)
    tests = all_tests.thinned(_TEST_CASES)
    lessons = Lessons.of(past, split_us, open_after_us, n_names)
    model, first_order = learn(lessons), learn(lessons, most_order=1)
    most_frequent = replace(model, smoothing=Smoothing(0, 0.0, 1.0))
    figures = {}
    for name, one in (
        ("variable_order", model),
        ("first_order", first_order),
        ("most_frequent", most_frequent),
    ):
        figures[name] = _tested(one, sample, tests, min_confidence)
    groups = (tests.person % np.uint64(GROUPS)).astype(np.int64)
    return Evaluation(
        unit=paths.unit,
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        sampled_events=len(sample.code),
        split_at=split,
        open_after_seconds=open_after_us / 1e6,
        training_cases=len(model.cases.place),
        all_test_cases=len(all_tests.place),
        test_cases=len(tests.place),
        test_persons=len(np.unique(tests.person)),
        order=model.smoothing.order,
        exponent=model.smoothing.exponent,
        calibrated=model.calibrated,
        min_confidence=min_confidence,
        scores=tuple(_scores(name, one, groups) for name, one in figures.items()),
        log_loss_gain=_mean(figures["first_order"].loss - figures["variable_order"].loss, groups),
        accuracy_gain=_mean(
            figures["variable_order"].right.astype(float) - figures["first_order"].right, groups
        ),
        reliability=_reliability(figures["variable_order"]),
    )


def _check(min_confidence: float, open_after_seconds: float | None) -> None:
    if not 0 <= min_confidence <= 1:
        raise BadConfidence(given=min_confidence)
    if open_after_seconds is not None and (not open_after_seconds > 0 or open_after_seconds == inf):
        raise BadWindow(given=open_after_seconds)


_models: OrderedDict[tuple[str, float | None], _Learned] = OrderedDict()
_models_lock = Lock()


def _learned(paths: Askable, open_after_seconds: float | None) -> _Learned:
    """The model of all paths; those of the latest few indexes are kept, as a prediction itself takes no time."""
    version = getattr(paths, "version", None)
    key = (version or "", open_after_seconds)
    with _models_lock:
        found = _models.get(key)
    if version and found is not None:
        return found
    sample = sample_of(paths, MOST_EVENTS)
    until_us = paths.span_us[1] + 1
    open_after_us = (
        usual_open_after_us(sample)
        if open_after_seconds is None
        else round(min(open_after_seconds, 2.0**61 / 1e6) * 1e6)
    )
    if not len(cases_before(sample, len(paths.names), until_us, open_after_us).place):
        raise NothingToPredict(split=str(iso_time(until_us)))
    model = learn(Lessons.of(sample, until_us, open_after_us, len(paths.names)))
    learned = _Learned(model, open_after_us, until_us)
    if version:
        with _models_lock:
            _models[key] = learned
            while len(_models) > _KEPT_MODELS:
                _models.popitem(last=False)
    return learned


_Path = tuple[Numbers, Numbers]


def _path_of(person: str, part: Part) -> _Path | None:
    """Codes and times of a person's last path, if the person is in the part."""
    index = part.index
    number = index.persons.find(person)
    if number is None:
        return None
    path = int(index.first_path[number + 1]) - 1
    if not part.first <= path < part.last:
        return None
    own = slice(int(index.offset[path]), int(index.offset[path + 1]))
    return index.code[own].astype(np.int64), np.array(index.at_us[own])


def _either(left: _Path | None, right: _Path | None) -> _Path | None:
    return right if left is None else left


def _observed(model: Model, ids: Numbers, symbol: int) -> tuple[int, int, int]:
    """How often the symbol followed, of how many, the longest context with enough cases; and how long that is."""
    for order in range(MOST_ORDER - 1, -1, -1):
        if ids[order] >= 0:
            at = model.first_of[order] + ids[order]
            entries = slice(int(model.begin[at]), int(model.begin[at + 1]))
            of = int(model.count[entries].sum())
            if of >= _ENOUGH or (order == 0 and of > 0):
                return int(model.count[entries][model.symbol[entries] == symbol].sum()), of, order + 1
    return int(model.base_counts[symbol]), int(model.base_counts.sum()), 0


def _gaps(model: Model, ids: Numbers, symbol: int) -> Numbers:
    """The times to the symbol after the longest context with enough of them; after any event, if there is none."""
    if symbol == model.end:
        return np.empty(0, dtype=np.int64)
    same = model.cases.symbol == symbol
    for order in range(MOST_ORDER - 1, -1, -1):
        if ids[order] >= 0:
            own = np.flatnonzero(same & (model.ids[:, order] == ids[order]))
            if len(own) >= _ENOUGH:
                return np.asarray(model.cases.gap_us[own])
    return np.asarray(model.cases.gap_us[same])


@dataclass(frozen=True)
class _Tested:
    right: npt.NDArray[np.bool_]
    among_three: npt.NDArray[np.bool_]
    loss: Floats
    confidence: Floats
    sure: npt.NDArray[np.bool_]


def _tested(model: Model, sample: Sample, tests: Cases, min_confidence: float) -> _Tested:
    ids = model.contexts(sample, tests.place)
    symbols, shares, actual = model.predict(ids, tests.symbol, 3)
    hits = symbols == tests.symbol[:, None]
    return _Tested(
        right=hits[:, 0],
        among_three=hits.any(axis=1),
        loss=-np.log(np.maximum(actual[:, 0], 1e-300)),
        confidence=shares[:, 0],
        sure=shares[:, 0] >= min_confidence,
    )


def _mean(values: Floats, groups: Numbers) -> tuple[float, float | None, float | None]:
    """A mean with its 95% interval by leaving groups of persons out; None with less than two persons a group."""
    sums, n = np.bincount(groups, values, GROUPS), np.bincount(groups, minlength=GROUPS)
    whole = float(values.sum() / len(values))
    if (n == 0).any():
        return whole, None, None
    low, high = interval(np.array(whole), (sums.sum() - sums) / (n.sum() - n))
    return whole, float(low), float(high)


def _scores(name: str, tested: _Tested, groups: Numbers) -> Scores:
    n = len(tested.right)
    sure = int(tested.sure.sum())
    return Scores(
        model=name,
        accuracy=wilson(int(tested.right.sum()), n),
        top_three=wilson(int(tested.among_three.sum()), n),
        log_loss=_mean(tested.loss, groups),
        calibration_error=sum(
            row["n"] / n * abs(row["right"]["value"] - row["confidence"]) for row in _reliability(tested)
        ),
        coverage=wilson(sure, n),
        accuracy_when_sure=wilson(int((tested.right & tested.sure).sum()), sure),
    )


def _reliability(tested: _Tested) -> tuple[dict[str, Any], ...]:
    """By tenths of the confidence: how many predictions, their mean confidence, and how many were right."""
    bins = np.minimum((tested.confidence * _BINS).astype(np.int64), _BINS - 1)
    rows = []
    for one in np.unique(bins).tolist():
        own = bins == one
        rows.append(
            {
                "from": one / _BINS,
                "to": (one + 1) / _BINS,
                "n": int(own.sum()),
                "confidence": float(tested.confidence[own].mean()),
                "right": wilson(int(tested.right[own].sum()), int(own.sum())).to_dict(),
            }
        )
    return tuple(rows)
