"""One drawing of a map, from which its pictures come: SVG, PDF and PNG. Free of Django.

``look`` says what is wanted of it; ``plan`` measures and places; ``paint`` turns a plan into shapes; ``svg`` writes
shapes down, and ``pictures`` has the formats. Coordinates are CSS pixels from the reading-start side, so that the same
plan serves both directions; only ``shapes.Canvas`` knows which way a map is read.
"""
