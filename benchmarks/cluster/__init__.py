"""Several instances of the service behind one address, one of them killed under load."""
