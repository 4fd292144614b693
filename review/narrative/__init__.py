"""Narrative reports: their places, problems and scores, and what must stand in them."""
