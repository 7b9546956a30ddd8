"""The engine over HTTP: one index per workspace, and the questions asked of it."""
