"""Long work as durable rows: progress, cancel, attempt and resume point."""
