"""Side by side: what each association shares of a type, the gaps, and asking for it."""
