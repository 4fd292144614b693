"""What rules ask about a declaration: its rows, its values, its earlier years, its words."""
