"""Bulk work on Parquet files by many processes, on this machine or on a Dask cluster."""
