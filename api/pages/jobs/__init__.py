"""Jobs: a solve is asked for, followed and stopped."""
