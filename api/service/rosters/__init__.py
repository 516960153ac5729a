"""Rosters: kept in versions, judged, published."""
