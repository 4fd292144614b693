"""Declaration or self-evaluation in, findings with reasons and authority out."""
