"""Dataset, schema, dates, edits, checks, lens: the values that everything else is made of. Imports no other room."""
