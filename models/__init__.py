"""What is learned: encoder, indexes, target classifier; training and evaluation."""
