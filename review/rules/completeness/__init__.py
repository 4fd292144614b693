"""Is everything there that a reviewer needs?"""
