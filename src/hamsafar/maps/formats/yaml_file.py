"""Journey maps in YAML: documents of ``kind: cjm`` with phases, actions, touchpoints, feelings and scores.

What is read: ``persona {name, description}``, ``phases [{id, name}]``, ``actions [{id, name, phase, touchpoints,
thoughts_feelings, emotion_score}]``; further documents of the file, such as blueprints, are passed over.
"""

from __future__ import annotations

from statistics import mean
from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import FORMAT

SUFFIXES = ("yaml", "yml")

_UNTITLED = {"en": "Journey", "fa": "سفر مشتری"}


def read(data: bytes, language: str) -> Exchange:
    """The first customer journey map in the file. Raises MapInvalid with the place that is not one."""
    import yaml

    try:
        documents = list(yaml.load_all(data.decode("utf-8-sig"), Loader=_NoAliases))
    except UnicodeDecodeError:
        raise MapInvalid([Fault("", "not_utf8")]) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise MapInvalid([Fault("", "not_yaml", {"line": mark.line + 1 if mark else 1})]) from None
    found = next((one for one in documents if isinstance(one, dict) and one.get("kind") == "cjm"), None)
    if found is None:
        raise MapInvalid([Fault("kind", "not_a_journey", {"line": 1})])
    return _exchange(found, language)


def _exchange(journey: dict[str, Any], language: str) -> Exchange:
    faults: list[Fault] = []
    stages: dict[str, dict[str, Any]] = {}
    for place, phase in enumerate(_list(journey, "phases", faults)):
        if not isinstance(phase, dict) or not phase.get("name"):
            faults.append(Fault(f"phases[{place}].name", "required"))
            continue
        stages[str(phase.get("id", phase["name"]))] = {"id": f"s{place + 1}", "name": str(phase["name"])}
    cards: list[dict[str, Any]] = []
    felt: dict[str, list[float]] = {}

    def add(lane: str, stage: str, text: Any) -> None:
        cards.append({"id": f"c{len(cards) + 1}", "lane": lane, "stage": stage, "text": str(text)})

    for place, action in enumerate(_list(journey, "actions", faults)):
        stage = stages.get(str(action.get("phase"))) if isinstance(action, dict) else None
        if stage is None:
            faults.append(Fault(f"actions[{place}].phase", "required"))
            continue
        add("actions", stage["id"], action.get("name", ""))
        for touchpoint in action.get("touchpoints") or []:
            add("touchpoints", stage["id"], touchpoint)
        for thought in action.get("thoughts_feelings") or []:
            add("thoughts", stage["id"], thought)
        score = action.get("emotion_score")
        if isinstance(score, int | float) and not isinstance(score, bool):
            felt.setdefault(stage["id"], []).append(min(2.0, max(-2.0, score)))
    if faults:
        raise MapInvalid(faults)
    persona = journey.get("persona") if isinstance(journey.get("persona"), dict) else {}
    name = str(persona.get("name") or "").strip() if persona else ""
    exchange: Exchange = {
        "format": FORMAT,
        "title": str(journey.get("name") or journey.get("title") or name or _UNTITLED[language])[:200],
        "kind": "current_state",
        "language": language,
        "stages": list(stages.values()),
        "lanes": [{"id": kind, "kind": kind} for kind in ("actions", "touchpoints", "thoughts", "emotion")],
        "cards": cards,
        "emotions": [
            {"persona": None, "stage": stage, "value": round(mean(scores), 2)}
            for stage, scores in felt.items()
        ],
    }
    if name:
        exchange["personas"] = [{"id": "p1", "name": name[:200]}]
        exchange["description"] = str(persona.get("description") or "").strip() if persona else ""
    return exchange


def _list(journey: dict[str, Any], field: str, faults: list[Fault]) -> list[Any]:
    found = journey.get(field)
    if isinstance(found, list):
        return found
    faults.append(Fault(field, "required"))
    return []


def _loader() -> Any:
    import yaml

    class NoAliases(yaml.SafeLoader):
        """Aliases can make a small file a huge document; a journey has no use for them."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not for maps")
            return super().compose_node(parent, index)

    return NoAliases


_NoAliases = _loader()
