"""The associations with their services, the needs, and the people who work there."""
