"""Benchmarks with their peers. ``python -m bench`` runs them all."""
