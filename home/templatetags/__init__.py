"""Template tags of home."""
