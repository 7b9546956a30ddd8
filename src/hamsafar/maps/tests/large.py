"""Maps for the tests of exports: one with everything a map can have, of any size, in either language."""

from __future__ import annotations

from typing import Any

from hamsafar.maps.document import check

_SAID = {
    "fa": (
        "قیمت را با دو فروشگاه دیگر مقایسه می‌کند و نظر خریداران را می‌خواند",
        "نمی‌داند گارانتی iPhone 15 Pro شامل حال او می‌شود یا نه",
        "کد تخفیف را در پیامک ۲٬۵۰۰ تومانی پیدا نمی‌کند",
        "با خودش می‌گوید: «کاش زودتر می‌گفتند»",
        "رهگیری بسته",
    ),
    "en": (
        "Compares the price with two other shops and reads what buyers say",
        "Cannot tell whether the warranty covers «گوشی سامسونگ» as well",
        "Does not find the discount code in the text message",
        "Says to herself: “if only they had told me sooner”",
        "Tracks the parcel",
    ),
}
_STAGES = {
    "fa": ("آگاهی", "بررسی", "خرید", "استفاده", "حمایت از برند"),
    "en": ("Awareness", "Choosing", "Buying", "Use", "Advocacy"),
}
_KINDS = ("goals", "actions", "touchpoints", "thoughts", "pains", "opportunities", "frontstage", "backstage")


def everything(language: str, cards: int = 48, stages: int = 6, lanes: int = 8) -> dict[str, Any]:
    """A checked map of so many cards, with steps, curves of two personas, branches, lines, arrows and targets."""
    said, names = _SAID[language], _STAGES[language]
    fa = language == "fa"
    owner = {"kind": "team", "name": "پشتیبانی" if fa else "Support"}
    stage_list = [
        {"id": f"s{i}", "name": f"{names[i % len(names)]} {i + 1}", "owner": owner} for i in range(stages)
    ]
    steps = [
        {"id": f"t{i}", "stage": "s1", "name": ("جست‌وجو", "مقایسه")[i] if fa else ("Search", "Compare")[i]}
        for i in range(2)
    ]
    lane_list: list[dict[str, Any]] = [{"id": f"l{i}", "kind": _KINDS[i % len(_KINDS)]} for i in range(lanes)]
    lane_list.insert(min(3, lanes), {"id": "curve", "kind": "emotion"})
    lane_list.append({"id": "own", "kind": "owner"})
    return check(
        {
            "format": "hamsafar-map/1",
            "title": "خرید گوشی <هوشمند> & لوازم" if fa else "Buying a <smart> phone & more",
            "kind": "service_blueprint",
            "language": language,
            "objective": "کاستن از تماس‌های «بسته‌ام کجاست؟»" if fa else "Fewer calls of “where is my parcel?”",
            "status": "in_review",
            "owner": owner,
            "review_on": "2027-03-21",
            "personas": [
                {"id": "p1", "name": "سارا، دانشجو" if fa else "Sara, student", "color": "#3d6fb4"},
                {"id": "p2", "name": "رضا، کارمند" if fa else "Reza, clerk", "color": "#b67a1c"},
            ],
            "stages": stage_list,
            "steps": steps,
            "lanes": lane_list,
            "cards": [_card(i, said, owner, stages, lanes) for i in range(cards)],
            "emotions": [
                {"persona": "p1", "stage": f"s{i}", "value": (1, 0, -2, 2, -1)[i % 5]} for i in range(stages)
            ]
            + [
                {"persona": "p2", "stage": f"s{i}", "value": (0, -1, 1, 1.5, 2)[i % 5]}
                | ({"note": said[3]} if i == 2 else {})
                for i in range(stages)
            ],
            "branches": [
                {"id": "b", "name": "خرید حضوری" if fa else "Buys in the shop", "from_stage": "s0",
                 "to_stage": f"s{stages - 2}",
                 "condition": "اگر شعبه نزدیک باشد" if fa else "if a shop is near"}
            ],
            "lines": [{"id": "v", "kind": "visibility", "after_lane": f"l{min(3, lanes - 1)}"}],
            "arrows": [{"id": "a", "from_card": "c0", "to_card": "c1", "label": "سپس" if fa else "then"}],
            "targets": [{"id": "g", "metric": "NPS", "scope": {"stage": "s1"}, "value": 45, "due_on": "2027-03-21"}],
            "touchpoints": [{"id": "tp", "name": "پیامک" if fa else "Text message", "channel": "sms"}],
            "channels": [{"id": "sms", "name": "پیامک تبلیغاتی" if fa else "SMS", "kind": "sms"}],
        }
    )  # fmt: skip


def _card(i: int, said: tuple[str, ...], owner: dict[str, str], stages: int, lanes: int) -> dict[str, Any]:
    stage = i % stages
    card: dict[str, Any] = {
        "id": f"c{i}", "lane": f"l{i // stages % lanes}", "stage": f"s{stage}", "text": f"{said[i % 5]} ({i})",
    }  # fmt: skip
    if stage == 1 and i % 4:
        card["step"] = f"t{i % 2}"
    extras: tuple[dict[str, Any], ...] = (
        {"evidence": {"kind": "assumption"}, "emoji": "😀"},
        {"evidence": {"kind": "observed", "n": 1240}, "moment_of_truth": True},
        {"evidence": {"kind": "stale"}, "tags": ["موبایل", "VIP"], "color": "#86518f"},
        {"owner": owner, "commitment": 4, "complaint": True},
        {"impact": 5, "effort": 2, "confidence": 3, "hidden_need": True},
        {"touchpoint": "tp", "need": "optional", "at": "07:30"},
        {"fit": "partly", "link": "https://example.org/a?b=1&c=2"},
    )
    return {**card, **extras[i % 7]}
