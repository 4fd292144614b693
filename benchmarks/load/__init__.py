"""Load on the service, measured beside the bare model."""
