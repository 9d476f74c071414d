"""What the site tells about itself while it works: which request a line of the log belongs to, and numbers."""
