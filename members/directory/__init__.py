"""The directory of counterparts: who does what in which association, the gaps, and keeping it right."""
