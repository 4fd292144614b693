"""Filling in a form: what was posted, how it is laid out, and what helps beside it."""
