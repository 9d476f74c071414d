"""What members say under the articles of their groups: writing, naming colleagues, letters."""
