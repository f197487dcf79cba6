"""Workbooks of every format, read as the rows of text that a person sees in them."""
