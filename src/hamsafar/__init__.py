"""Hamsafar: draw the customer's journey, measure it on real paths, act on the difference."""

__version__ = "0.1.0"
