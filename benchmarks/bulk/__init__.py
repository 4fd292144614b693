"""Reviews and recommendations in bulk, and a cold start, each beside what a plain script does."""
