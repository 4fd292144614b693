"""The HTTP interface: addresses, what they accept and answer, who may call them."""
