"""Taking files: one, a selection as a ZIP, everything of an association; with their metadata."""
