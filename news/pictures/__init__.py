"""Pictures of working groups: what is made of a file that somebody chose, and where it lies."""
