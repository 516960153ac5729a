"""Repairs and explanations: asked for on a roster, answered by a job."""
