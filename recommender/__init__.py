"""Project in, indicators with targets, weights and evidence out."""
