"""What a user would reach for instead: each set up as its own documentation advises, in as few lines as it takes."""
