"""Rules on what a narrative report must hold."""
