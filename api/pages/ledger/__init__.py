"""The ledger: balances, accounts, what is posted."""
