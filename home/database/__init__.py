"""Django's PostgreSQL, which a web process does not wait for without end."""
