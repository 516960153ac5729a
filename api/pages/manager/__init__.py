"""What a municipality's manager needs to know."""
