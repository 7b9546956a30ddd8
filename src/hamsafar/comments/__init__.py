"""What people say to each other about a map: threads on its parts."""
