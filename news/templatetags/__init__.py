"""Template tags of news."""
