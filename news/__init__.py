"""Public news, and the working groups with their news and meetings."""
