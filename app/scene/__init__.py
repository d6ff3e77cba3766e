"""Pictures as values: marks, styles, keys, motion, picking. No Qt, no Polars, no colour."""
