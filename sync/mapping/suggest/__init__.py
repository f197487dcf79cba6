"""Guesses a mapping from a file's header and values, and writes it down with the reason for each guess."""

from sync.mapping.suggest.guesses import Guesses, guess
from sync.mapping.suggest.values import Column, ColumnValues
from sync.mapping.suggest.writing import mapping_text

__all__ = ["Column", "ColumnValues", "Guesses", "guess", "mapping_text"]
