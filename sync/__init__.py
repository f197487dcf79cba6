"""candidate-sync: the rows of a spreadsheet become candidate updates in Paradox, and each has its outcome."""

__version__ = "0.1.0"
