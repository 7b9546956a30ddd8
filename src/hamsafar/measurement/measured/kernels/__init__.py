"""Compiled loops over events and instances, and nothing else.

They run over a chunk of whole persons. The chunk's bound events (those on a touchpoint) are numbered from 0:
``place`` int16 [bound] is their placement, with ``START`` set on the first event of an instance; ``event``
int32 [bound] their place among all events of the chunk, to which ``code`` and ``at_us`` belong; ``offset``
int64 [n persons + 1] cuts the bound events by person.
"""

START = 1 << 14
