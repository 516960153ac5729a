"""Plans: list, upload, what one holds."""
