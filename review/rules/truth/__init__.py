"""Self-evaluations: are the results credible and explained?"""
