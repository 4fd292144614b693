"""The outside: command line, HTTP, settings. No domain logic."""
