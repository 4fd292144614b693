"""One module a command; `api.cli.COMMANDS` lists them."""
