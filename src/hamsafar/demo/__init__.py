"""The sample workspace: a deterministic shop with stories to find. Never mixed with real data."""
