"""What is asked for: the shape of each wish, and what it means in the database."""
