"""The audit log: who changed whose rights, and who took what out; the database lets nobody change it."""
