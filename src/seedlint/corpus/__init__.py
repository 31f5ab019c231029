"""Sets of records: text in the rows of JSONL, CSV and Parquet, on one machine or many."""
