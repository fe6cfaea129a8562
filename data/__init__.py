"""The DuckDB store: schema, intake, named queries, demo bank."""
