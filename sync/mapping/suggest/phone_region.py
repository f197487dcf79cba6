"""Of which country a column's phone numbers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from sync.mapping.phones import to_e164
from sync.mapping.refusal import CellRefused

_PHONE_LIKE = re.compile(r"(\+|00|\()?[\d\s().+/x\u2013-]{7,24}( ?(ext|x)\.? ?\d+)?", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"(1[ .-])?(\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
"""How numbers are grouped in the US and its neighbours, and nowhere else."""

_DATE_LIKE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})( .*)?|(19|20)\d{6}")

_NEARLY_ALL = 0.9

REGIONS: dict[str, str] = {
    "US": "the United States",
    "GB": "the United Kingdom",
    "DE": "Germany",
    "FR": "France",
    "ES": "Spain",
    "IT": "Italy",
    "PT": "Portugal",
    "NL": "the Netherlands",
    "BE": "Belgium",
    "AT": "Austria",
    "CH": "Switzerland",
    "IE": "Ireland",
    "CA": "Canada",
    "MX": "Mexico",
    "BR": "Brazil",
    "AU": "Australia",
    "NZ": "New Zealand",
    "IN": "India",
    "PL": "Poland",
    "SE": "Sweden",
    "DK": "Denmark",
    "NO": "Norway",
    "FI": "Finland",
    "CZ": "Czechia",
    "ZA": "South Africa",
    "SG": "Singapore",
    "HK": "Hong Kong",
    "PH": "the Philippines",
    "AE": "the United Arab Emirates",
    "JP": "Japan",
    "CO": "Colombia",
    "AR": "Argentina",
    "CL": "Chile",
    "PE": "Peru",
    "PR": "Puerto Rico",
    "DO": "the Dominican Republic",
}
"""Countries whose numbers are looked for, the commoner first: on a tie the first is meant."""


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """How a column's values read as phone numbers.

    `share`: those that do. `region`: the country of those written without one; None where all carry theirs. `rivals`:
    countries of which they could be just as well.
    """

    share: float
    region: str | None = None
    rivals: tuple[str, ...] = ()


def read_phones(values: Sequence[str], likelier: Sequence[str] = ()) -> PhoneReading:
    """How some of a column's different values read as phone numbers; dates and short numbers are none.

    `likelier`: they are of the first of these countries of which nearly all could be, where none shows another.
    """
    alike = [text for text in values if _PHONE_LIKE.fullmatch(text) and not _DATE_LIKE.fullmatch(text)]
    if len(alike) < len(values) / 2:
        return PhoneReading(0.0)
    local = [text for text in alike if not text.startswith("+")]
    abroad = [text for text in alike if text.startswith("+") and _is_phone(text, None)]
    if not local:
        return PhoneReading(len(abroad) / len(values))
    grouped = sum(1 for text in local if _NORTH_AMERICAN.fullmatch(text)) > len(local) / 2
    # Other countries' numbers are of so many lengths that nearly any ten digits are one of them.
    tried = ["US"] if grouped else list(REGIONS)
    counts = {region: sum(1 for text in local if _is_phone(text, region)) for region in tried}
    most = max(counts.values())
    equal = [region for region, count in counts.items() if count == most]
    seen = Counter(_region_of(text) for text in abroad)
    if not any(seen[one] for one in equal):
        fitting = [one for one in likelier if counts.get(one, 0) >= _NEARLY_ALL * most]
        equal = [*fitting[:1], *(one for one in equal if one not in fitting[:1])]
    region = max(equal, key=lambda one: seen[one])
    if not most:
        return PhoneReading(len(abroad) / len(values))
    # Countries that share a code, as the US and Canada do, make the same of every number.
    code = phonenumbers.country_code_for_region(region)
    others = (one for one in equal if phonenumbers.country_code_for_region(one) != code)
    rivals = () if seen[region] else tuple(others)
    return PhoneReading((len(abroad) + counts[region]) / len(values), region, rivals)


def _is_phone(text: str, region: str | None) -> bool:
    """Whether the mapping's own `phone` transform takes the text."""
    try:
        to_e164(text, region)
    except CellRefused:
        return False
    return True


def _region_of(text: str) -> str | None:
    return phonenumbers.region_code_for_number(phonenumbers.parse(text, None))
