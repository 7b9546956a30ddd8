"""Paths held against a design: a map's exchange document over paths, and every figure that follows."""
