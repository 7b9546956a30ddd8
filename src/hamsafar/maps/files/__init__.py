"""Pictures and files on cards: taken in from anybody, kept beside the database, given out harmless."""
