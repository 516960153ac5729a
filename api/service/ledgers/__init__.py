"""The cooperation's ledger: one book, kept in the database entry by entry."""
