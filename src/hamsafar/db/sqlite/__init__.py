"""SQLite with one writer of this process at a time."""
