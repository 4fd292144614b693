"""Vector indexes by size, and two engines beside each other."""
