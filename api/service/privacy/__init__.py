"""What is kept about persons: told to them, erased, and not kept for longer than needed."""
