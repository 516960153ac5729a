"""What is kept about who reads: the own account in the ledger, contact, personal data."""
