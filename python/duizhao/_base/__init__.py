"""What every room stands on: checks, documents, groups, inference, stored values, schema types. Knows polars and errors only."""
