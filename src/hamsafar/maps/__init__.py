"""Maps, personas, touchpoints and channels: what the team believes."""
