"""The same actions and queries by another door."""
