"""The weekly letter about the working groups: to each person what they have neither seen nor been told of."""
