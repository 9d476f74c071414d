"""Joining working groups: asking, inviting, answering, leaving; and what coordinators say of their group."""
