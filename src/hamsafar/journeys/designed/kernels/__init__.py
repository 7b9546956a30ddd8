"""Compiled loops over events and instances, and nothing else.

They run over a chunk of whole persons. The chunk's bound events (those on a touchpoint) are numbered from 0:
``place`` int16 [bound] is their placement, with ``START`` set on the first event of an instance and ``FAILED``
on failed visits; ``event`` int32 [bound] their place among all events of the chunk, to which ``code`` and
``at_us`` belong; ``offset`` int64 [n paths + 1] cuts the bound events by path, and ``person`` int64 [n paths]
says whose path it is.
"""

START = 1 << 14
FAILED = 1 << 13
PLACEMENT = FAILED - 1
"""The bits of ``place`` that are the placement."""
