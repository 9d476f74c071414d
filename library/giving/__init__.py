"""Giving: from a file that somebody hands in to a tool that colleagues find."""
