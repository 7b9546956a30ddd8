"""The engine: questions about paths. A plain Python library, free of Django."""
