"""What doctors mean of a roster."""
