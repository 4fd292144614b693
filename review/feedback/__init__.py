"""The written feedback to a unit: its content, as text and as an official letter."""
