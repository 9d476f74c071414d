"""Tools that are the minutes of a meeting."""
