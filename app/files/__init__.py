"""Disk ↔ Dataset: the native file, tables of CSV and Parquet, the fact base; atomic writing. Knows no Qt."""
