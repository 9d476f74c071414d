"""Meetings of working groups: who comes, calendars, reminders."""
