"""The first page after logging in, and the way in for whoever has no plan yet."""
