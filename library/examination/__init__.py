"""What becomes of a file that was handed in: scanned, read, and pictured, each where it can do no harm."""
