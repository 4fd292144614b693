"""Hostile files and bodies, generated and thrown at the running application."""
