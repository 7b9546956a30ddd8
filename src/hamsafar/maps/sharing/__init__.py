"""Public, read-only links to maps: who may open one, and what it shows."""
