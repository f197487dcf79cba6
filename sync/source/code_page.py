"""Guess the code page of text that has no mark and is not UTF-8, as spreadsheets save it in each country.

chardet weighs pairs of letters against many languages; told which code pages spreadsheets write, it is right on nine of
ten lists of names. What is plainly Western stays so unless another one is clearly likelier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import chardet

_WESTERN = "cp1252"
_CODE_PAGES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("cp932", "cp949", "gb18030", "big5hkscs"),
    *("mac-roman", "cp850", "cp852", "cp866", "iso8859-2", "koi8-r"),
)
"""Of Windows, of East Asia, and of the Mac, DOS and Unix of old; those of mainframes would only take their files."""

_NEAR = 0.67
"""Share of the best confidence from which plain Western letters win: most files are Western."""
_CLEAR = 0.75
"""Share of the best confidence below which another reading of the text counts as beaten."""

_SIGNS = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0€£§©®°«»ºª·"
_WESTERN_LETTERS = frozenset(_SIGNS + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŠŽßàáâãäåæçèéêëìíîïñòóôõöøùúûüšž")
_UNNATURAL = re.compile(r"[a-zß-ÿ][À-ÖØ-ÞŠŽ]|£[a-z]")
"""A capital with an accent inside a word, or £ at its beginning: another code page's letter."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """The likeliest code page, and whether no other reading of the text comes near it."""

    codec: str
    likely: bool


def guess_code_page(sample: bytes) -> CodePage:
    """The likeliest code page of lines that are not plain ASCII."""
    found = chardet.detect_all(
        sample, include_encodings=_CODE_PAGES, ignore_threshold=True, compat_names=False, max_bytes=len(sample)
    )
    readings = [
        (found["encoding"], text, found["confidence"])
        for found in found
        if found["encoding"] and (text := _decoded(sample, found["encoding"])) is not None
    ]
    if not readings:
        return CodePage(_WESTERN, likely=False)
    highest = readings[0][2]
    western = next((reading for reading in readings if reading[0] == _WESTERN), None)
    same_text = western is not None and western[1] == readings[0][1]
    near = western is not None and western[2] >= _NEAR * highest and _plainly_western(western[1])
    codec, chosen, _ = western if western is not None and (same_text or near) else readings[0]
    likely = all(confidence < _CLEAR * highest for _, text, confidence in readings if text != chosen)
    return CodePage(codec, likely)


def _decoded(sample: bytes, codec: str) -> str | None:
    try:
        return sample.decode(codec)
    except UnicodeDecodeError:
        return None


def _plainly_western(text: str) -> bool:
    return all(char.isascii() or char in _WESTERN_LETTERS for char in set(text)) and not _UNNATURAL.search(text)
