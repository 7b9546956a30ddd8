"""Users, workspaces, members and their roles."""
