"""Files that no web server gives away by itself: where they lie, and how one is sent to who may have it."""
