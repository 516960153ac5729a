"""What a doctor carries in the pocket: the next duties."""
