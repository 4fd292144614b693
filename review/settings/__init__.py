"""Settings of a review by region or bureau, and the files they are read from."""
