"""The tables in the forms that other programs read: CSV, SQLite, Parquet, a spreadsheet;
equal data give equal bytes."""
