"""The shared library: tools, their versions and their files."""
