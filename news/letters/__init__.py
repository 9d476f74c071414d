"""Which letters a person gets: the choice, and the links that stop them."""
