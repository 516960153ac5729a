"""Plans: uploaded, judged, kept in versions."""
