"""Messages to people: written with the change they tell of, sent afterwards, never lost."""
