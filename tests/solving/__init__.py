"""The model, its evaluation, and the search."""
