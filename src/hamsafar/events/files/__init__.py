"""Reading files of many formats into canonical batches of events."""
