"""Where map and paths meet: bindings, the measured map, deviations."""
