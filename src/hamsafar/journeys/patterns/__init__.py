"""Patterns: a small language for stretches of paths, and the automata that find them."""
