"""The demo: the whole site with its real content, on one machine, by one command."""
