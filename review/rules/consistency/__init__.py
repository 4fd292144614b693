"""Self-evaluations against what was declared for the same year."""
