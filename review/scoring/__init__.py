"""Points of a self-evaluation: the form's scheme, each row counted again, which to open first."""
