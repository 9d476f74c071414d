"""Many files at once, from a folder and a table that says what each is."""
