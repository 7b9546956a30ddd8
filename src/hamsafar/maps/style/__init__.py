"""How a workspace's maps look: its logo, its colours, the size of letters."""
