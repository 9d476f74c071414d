"""Views of news and working groups."""
