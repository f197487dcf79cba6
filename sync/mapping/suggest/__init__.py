"""Guesses a mapping from a file's header and values, and writes it down with the reason for each guess."""

from sync.mapping.suggest.country import countries_of, country_of_addresses
from sync.mapping.suggest.date_order import habit_of
from sync.mapping.suggest.guess import Guesses
from sync.mapping.suggest.guesses import guess
from sync.mapping.suggest.headers import likenesses
from sync.mapping.suggest.seen import About
from sync.mapping.suggest.values import Column, ColumnValues
from sync.mapping.suggest.writing import Origin, mapping_text

__all__ = [
    "About",
    "Column",
    "ColumnValues",
    "Guesses",
    "Origin",
    "countries_of",
    "country_of_addresses",
    "guess",
    "habit_of",
    "likenesses",
    "mapping_text",
]
