"""What is known: records, target grammar, importers, taxonomy, store, bundled knowledge."""
