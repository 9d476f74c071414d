"""What people read while the database is away or the disk is full: what they wrote is given back to them."""
