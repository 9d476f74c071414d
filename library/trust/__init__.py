"""Whether a tool is still right, and what changed in it."""
