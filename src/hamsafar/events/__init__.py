"""Recorded facts: who, when, what. `files` reads them, `store` keeps them; both are free of Django."""
