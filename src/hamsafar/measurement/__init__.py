"""Where a workspace's maps and its paths meet. What is counted, and how, is in ``journeys.designed``."""
