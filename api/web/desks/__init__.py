"""What the desks of reviewers show: queues, forms with findings in their cells, verdicts."""
