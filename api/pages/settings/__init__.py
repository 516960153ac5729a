"""What a cooperation has chosen, gathered in one place."""
