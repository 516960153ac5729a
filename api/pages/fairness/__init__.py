"""What a roster comes to: fairness, legality, receipts."""
