"""Rules on what a narrative report says: its figures, claims, problems and measures."""
