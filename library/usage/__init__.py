"""Who shares, who takes and what is asked for, in numbers."""
