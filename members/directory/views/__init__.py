"""The pages of the directory of counterparts."""
