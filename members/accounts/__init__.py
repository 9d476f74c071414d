"""Accounts as the associations look after them: whole lists invited, people who pause, move on or leave."""
