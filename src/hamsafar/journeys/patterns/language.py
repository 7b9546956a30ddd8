"""Reading patterns.

    pattern  = sequence [ "within" TIME ]
    sequence = choice { "->" [ "within" TIME ] choice }
    choice   = repeated { "|" repeated }
    repeated = atom [ "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}" | "{,n}" ]
    atom     = NAME | ~QUOTED | "." | "..." | "!" atom | "(" pattern ")" | "(start)" | "(end)"

A NAME is a word, or any text in "…" (a quotation mark doubled), “…” or «…»; TIME is a number and s, m, h, d or w.
"->" means directly after; "|" binds tighter: ``a -> b | c`` is a, then b or c. ``...`` is any events, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from hamsafar.journeys.patterns.faults import BadPattern
from hamsafar.journeys.patterns.tree import (
    AnyName,
    Choice,
    End,
    Like,
    Limited,
    Name,
    Node,
    Not,
    OneOf,
    Repeat,
    Sequence,
    Single,
    Start,
)
from hamsafar.lib.persian import ascii_digits

MOST_CHARACTERS = 4_000
MOST_BRACKETS = 50

_LETTER = r"[\w\u200c\u064b-\u065f\u0670/:@#$%&=;]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[-.'](?={_LETTER}))*")
_SPACE = re.compile(r"[\s\u200e\u200f]*")
_ARROW = re.compile("->|→|←")
_BORDER = re.compile(r"\(\s*(start|end|آغاز|پایان)\s*\)")
_WITHIN = re.compile(rf"within(?!{_LETTER})")
_TIME = re.compile(rf"(\d+(?:\.\d+)?)\s*([smhdw])(?!{_LETTER})")
_TIMES = re.compile(r"\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}")
_QUOTES = {'"': '"', "“": "”", "«": "»"}
_QUOTED = {
    opening: re.compile(rf"{opening}((?:[^{closing}]|{closing}{closing})*){closing}")
    for opening, closing in _QUOTES.items()
}
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_LONGEST_US = 2**60
_SUFFIXES: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_SINGLE = get_args(Single)

_Follower = Literal["arrow", "arrow_in_group"]


def parse(text: str) -> Node:
    """The tree of a pattern. Raises ``BadPattern``, which knows the place and what was expected there."""
    if len(text) > MOST_CHARACTERS:
        raise BadPattern("long", pattern=text[:80], position=80, most=MOST_CHARACTERS)
    reader = _Reader(text)
    if reader.at_end():
        raise BadPattern("empty", pattern=text, position=0)
    return reader.pattern("arrow")


@dataclass
class _Reader:
    """Recursive descent; ``at`` is the character to be read next."""

    text: str
    at: int = 0
    depth: int = 0

    def pattern(self, follower: _Follower) -> Node:
        node = self.sequence()
        if self.take(_WITHIN):
            node = Limited(node, self.time_us())
            if self.look(_ARROW):
                raise self.wrong("limit_inside", 2)
        if not (self.at_end() if follower == "arrow" else self.next_is(")")):
            if follower == "arrow_in_group" and self.at_end():
                return node  # the bracket that is left open is told of by its own reader
            raise self.wrong(follower)
        return node

    def sequence(self) -> Node:
        items, gaps = [self.choice()], []
        while self.take(_ARROW):
            start = self.at
            limit = self.time_us() if self.take(_WITHIN) else None
            items.append(self.choice())
            if limit is not None and isinstance(items[-1], Start | End):
                raise BadPattern("limit_at_end", pattern=self.text, position=start, length=self.at - start)
            gaps.append(limit)
        return items[0] if len(items) == 1 else Sequence(tuple(items), tuple(gaps))

    def choice(self) -> Node:
        options = [self.repeated()]
        while self.take_sign("|"):
            options.append(self.repeated())
        if len(options) == 1:
            return options[0]
        singles = tuple(option for option in options if isinstance(option, _SINGLE))
        return OneOf(singles) if len(singles) == len(options) else Choice(tuple(options))

    def repeated(self) -> Node:
        node = self.atom()
        self.skip()
        sign = self.text[self.at : self.at + 1]
        if sign in _SUFFIXES:
            self.at += 1
            return Repeat(node, *_SUFFIXES[sign])
        if sign == "{":
            return Repeat(node, *self.times())
        return node

    def times(self) -> tuple[int, int | None]:
        found = _TIMES.match(self.text, self.at)
        if not found or not (found[1] or found[3]) or (found[3] and not found[2]):
            raise self.wrong("times")
        least = int(ascii_digits(found[1])[:9] or 0)
        most = int(ascii_digits(found[3])[:9]) if found[3] else (None if found[2] else least)
        if most is not None and not max(least, 1) <= most:
            raise self.wrong("times", len(found[0]))
        self.at = found.end()
        return least, most

    def atom(self) -> Node:
        self.skip()
        start = self.at
        if found := self.take(_BORDER):
            return Start() if found[1] in ("start", "آغاز") else End()
        if self.take_sign("..."):
            return Repeat(AnyName(), 0, None)
        if self.take_sign("."):
            return AnyName()
        if self.next_is("!"):
            return self.negation()
        if self.take_sign("~"):
            self.skip()
            if self.text[self.at : self.at + 1] not in _QUOTES:
                raise self.wrong("like")
            return Like(self.quoted(), start, self.at - start)
        if self.next_is("("):
            return self.group()
        if self.text[self.at : self.at + 1] in _QUOTES:
            return Name(self.quoted(), start, self.at - start)
        if self.look(_WITHIN):
            raise self.wrong("reserved", len("within"))
        if found := self.take(_WORD):
            return Name(found[0], start, self.at - start)
        raise self.wrong("step")

    def negation(self) -> Node:
        start, times = self.at, 0
        while self.take_sign("!"):
            times += 1
        operand = self.atom()
        if not isinstance(operand, _SINGLE):
            raise BadPattern("negation", pattern=self.text, position=start, length=self.at - start)
        return Not(operand) if times % 2 else operand

    def group(self) -> Node:
        opening = self.at
        self.at += 1
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise BadPattern("deep", pattern=self.text, position=opening, most=MOST_BRACKETS)
        node = self.pattern("arrow_in_group")
        if not self.take_sign(")"):
            raise BadPattern("open_group", pattern=self.text, position=opening)
        self.depth -= 1
        return node

    def quoted(self) -> str:
        opening = self.text[self.at]
        found = _QUOTED[opening].match(self.text, self.at)
        if not found:
            raise self.wrong("open_quote")
        closing = _QUOTES[opening]
        name = found[1].replace(closing * 2, closing)
        if not name.strip():
            raise self.wrong("empty_name", len(found[0]))
        self.at = found.end()
        return name

    def time_us(self) -> int:
        self.skip()
        # Persian digits are one character each, so places in the text stay what they are.
        found = _TIME.match(ascii_digits(self.text), self.at)
        if not found or float(found[1]) <= 0:
            raise self.wrong("time")
        self.at = found.end()
        return round(min(float(found[1]) * _SECONDS[found[2]] * 1e6, float(_LONGEST_US)))

    def skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        assert found  # it fits nothing, too
        self.at = found.end()

    def at_end(self) -> bool:
        self.skip()
        return self.at == len(self.text)

    def look(self, what: re.Pattern[str]) -> re.Match[str] | None:
        self.skip()
        return what.match(self.text, self.at)

    def take(self, what: re.Pattern[str]) -> re.Match[str] | None:
        found = self.look(what)
        if found:
            self.at = found.end()
        return found

    def next_is(self, sign: str) -> bool:
        self.skip()
        return self.text.startswith(sign, self.at)

    def take_sign(self, sign: str) -> bool:
        taken = self.next_is(sign)
        if taken:
            self.at += len(sign)
        return taken

    def wrong(self, why: str, length: int = 1) -> BadPattern:
        if length == 1 and _ARROW.match(self.text, self.at):
            length = 2 if self.text[self.at] == "-" else 1
        return BadPattern(why, pattern=self.text, position=self.at, length=length)
