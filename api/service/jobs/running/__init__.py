"""What a job does, in its own process: one file a kind."""
