"""Our settings of the databases Django ships with."""
