"""Public pages, kept whole in the memory of each process and forgotten as soon as something they show changes."""
