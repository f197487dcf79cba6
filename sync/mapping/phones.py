"""The `phone` transform: a number as people write it becomes E.164, if it is a valid number of its country."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat

from sync.mapping.refusal import CellRefused

_NORTH_AMERICAN = re.compile(
    r"(?P<code>\+?1[ .-]?)?(?:\((?P<area>[2-9]\d\d)\)|(?P<bare>[2-9]\d\d))[ .-]?([2-9]\d\d)[ .-]?(\d{4})", re.ASCII
)
_PLUS = ("+", "\N{FULLWIDTH PLUS SIGN}")
_KEPT = 20_000


def _ordinary_us_numbers() -> re.Pattern[str]:
    """The pattern of the library's own table for US landlines and mobiles, for all of a number's ten digits."""
    metadata = PhoneMetadata.metadata_for_region("US")
    if metadata is None or metadata.fixed_line is None or metadata.general_desc is None:
        raise AssertionError("phonenumbers has no table for the US")
    return re.compile(
        f"(?={metadata.general_desc.national_number_pattern}$)(?:{metadata.fixed_line.national_number_pattern})"
    )


_ORDINARY_US = _ordinary_us_numbers()


@lru_cache(maxsize=_KEPT)
def to_e164(text: str, region: str | None) -> str:
    """Turn a number into E.164; `region`, two letters, is for numbers without +. Raises CellRefused.

    Ordinary US numbers take a short cut of some microseconds to what the library says of them as well.
    """
    return short_cut(text, region) or _parsed(text, region)


def short_cut(text: str, region: str | None) -> str | None:
    """Return the E.164 form of an ordinary US number, or None where the library must be asked."""
    match = _NORTH_AMERICAN.fullmatch(text)
    if match is None or (region != "US" and not text.startswith("+")):
        return None
    digits = f"{match['area'] or match['bare']}{match[4]}{match[5]}"
    return f"+1{digits}" if _ORDINARY_US.fullmatch(digits) else None


def _parsed(text: str, region: str | None) -> str:
    if region is None and not text.startswith(_PLUS):
        raise CellRefused("phone-without-country", "has no country: it does not begin with +")
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        raise CellRefused("invalid-phone", "is not a phone number") from error
    if number.extension:
        raise CellRefused(
            "invalid-phone", "has an extension, which cannot be sent", "Leave the extension out of the cell."
        )
    if not phonenumbers.is_valid_number(number):
        place = f"with the country code {number.country_code}" if text.startswith(_PLUS) else f"of region {region}"
        raise CellRefused("invalid-phone", f"is not a valid phone number {place}")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
