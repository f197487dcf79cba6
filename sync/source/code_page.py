"""Guess the code page of text that has no mark and is not UTF-8, as spreadsheets save it in each country.

charset-normalizer weighs whole texts; on lists of names it often takes Western letters for Central European ones.
So what is plainly Western is settled first, and the rest is left to it.
"""

from __future__ import annotations

import re

import charset_normalizer

_FALLBACK = "cp1252"
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850"]

_FOREIGN_BYTES = re.compile(rb"[\x80-\xff]+")
_LONGEST_IN_LATIN = 2
_LATIN_SHARE = 0.9
_SIGNS = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0€£§©®°«»ºª·"
_PLAIN = {
    "cp1252": frozenset(_SIGNS + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŠŽßàáâãäåæçèéêëìíîïñòóôõöøùúûüšž"),
    "cp1250": frozenset(_SIGNS + "ĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽĹĽŔÔÄÖÜŐŰąćęłńóśźżáčďéěíňřšťúůýžĺľŕôäöüőűß"),
}
"""The letters by which a code page is told, in the order in which they are tried."""

_UNNATURAL = re.compile(r"[a-zß-ÿ][À-ÖØ-ÞŠŽ]|£[a-z]")
"""A capital with an accent inside a word, or £ at its beginning: another code page's letter."""


def guess_code_page(sample: bytes) -> str:
    """The likeliest code page of lines that are not plain ASCII."""
    if not _looks_latin(sample):
        return _best(sample, None)
    plain = (code_page for code_page, letters in _PLAIN.items() if _reads_plainly(sample, code_page, letters))
    return next(plain, None) or _best(sample, _LATIN)


def _looks_latin(sample: bytes) -> bool:
    """Whether letters with accents stand alone among plain ones, where other alphabets make whole words."""
    runs = [len(run) for run in _FOREIGN_BYTES.findall(sample)]
    return sum(run for run in runs if run <= _LONGEST_IN_LATIN) >= _LATIN_SHARE * sum(runs)


def _reads_plainly(sample: bytes, code_page: str, letters: frozenset[str]) -> bool:
    try:
        text = sample.decode(code_page)
    except UnicodeDecodeError:
        return False
    return all(char.isascii() or char in letters for char in set(text)) and not _UNNATURAL.search(text)


def _best(sample: bytes, code_pages: list[str] | None) -> str:
    best = charset_normalizer.from_bytes(sample, cp_isolation=code_pages).best()
    if best is None or _same_text(sample, best.encoding, _FALLBACK):
        return _FALLBACK
    return best.encoding


def _same_text(sample: bytes, code_page: str, other: str) -> bool:
    """Whether both read the same; then the commoner one is right beyond the sample as well."""
    try:
        return sample.decode(code_page) == sample.decode(other)
    except UnicodeDecodeError:
        return False
