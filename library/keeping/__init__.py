"""Where files lie, how much comes in, and what is tidied away."""
