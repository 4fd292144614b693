"""Self-evaluations: does the arithmetic hold?"""
