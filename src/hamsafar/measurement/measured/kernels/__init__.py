"""Compiled loops over events and instances, and nothing else.

They run over a chunk of whole persons: ``offset`` int64 [n + 1] cuts the chunk's arrays by person and
starts at 0. ``place`` int16 holds each event's placement (-1: on no touchpoint); the first event of an
instance has ``START`` set.
"""

START = 1 << 14
