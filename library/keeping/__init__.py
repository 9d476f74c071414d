"""How much comes in, and what is tidied away."""
