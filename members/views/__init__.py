"""Views about associations, needs and people."""
