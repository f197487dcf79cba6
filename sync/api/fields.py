"""The 37 body fields of Update Candidate, as one table from which everything that knows a field is made.

Mapping, validation, the sandbox, `mapping fields`, `mapping schema` and the README's list all read it. Each rule
carries where it is from: `page` is the endpoint's public reference page, `public` other public material on the
same API (lengths are from its OpenAPI fragments), `ours` a cautious reading where nobody says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "phone", "email", "choice", "date", "link", "journey-status", "attributes", "boolean", "file"]

Repeat = Literal["harmless", "may-contact", "appends"]
"""What a second, identical request does: nothing, perhaps reach a person again, or add a second copy."""

MAX_FILE_BYTES = 10_000_000
"""Largest file the API takes (public: 10 MB each)."""

MAX_REQUEST_BYTES = 10_000_000
"""Largest request the gateway takes (public: its documented limit); larger base64 goes as multipart instead."""

MAX_ATTRIBUTE_LENGTH = 255
"""Longest value within candidate_attribute_data (public)."""

ID_KINDS = ("OID", "external_oid", "ex_id")
"""What the {id} of the path may be (page)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it means, what is allowed, and what touching it can do.

    `choices` maps the API's names to their wire values. `requires` lists fields that must go along when this one
    is true; `together` those that must go along whenever this one does. `extensions` are a file's allowed endings.
    `contact`: a change may make the assistant text or e-mail the candidate. `repeat`: what sending the same again
    does. `read`: under which names a read may show the field; empty when no public record shows it.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    max_length: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    requires: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    contact: bool = False
    repeat: Repeat = "harmless"
    read: tuple[str, ...] = ()
    source: str = "page"

    def wire_value(self, text: str) -> str | None:
        """The wire value of a choice given by name or number, in any case; None when it is neither."""
        return _WIRE_VALUES[self.name].get(text.casefold())


_STATUS = (("APPROVED", "1"), ("PENDING", "2"), ("ARCHIVED", "3"), ("DRAFT", "4"), ("SPAM", "5"))
# 5 = WhatsApp is in newer public material only; the page ends at 4.
_CONTACT_METHOD = (
    ("Email", "1"),
    ("SMS", "2"),
    ("Email & SMS", "3"),
    ("WhatsApp & Email", "4"),
    ("WhatsApp", "5"),
)
_AUDIENCE = tuple((name, name) for name in ("Blue Collar", "White Collar", "Blue Collar & White Collar"))
_RESUME = (".pdf", ".doc", ".docx", ".png", ".jpg", ".txt")
_OFFER = (".doc", ".docx", ".pdf", ".png", ".jpg", ".jpeg", ".txt", ".pages", ".html")


def _contacting(
    name: str,
    meaning: str,
    kind: Kind = "text",
    max_length: int | None = None,
    choices: tuple[tuple[str, str], ...] = (),
    requires: tuple[str, ...] = (),
    read: tuple[str, ...] = (),
    source: str = "page",
) -> Field:
    """Build a field whose change can reach a person, and whose repetition can reach the person again."""
    return Field(
        name,
        meaning,
        kind,
        max_length,
        choices,
        requires,
        contact=True,
        repeat="may-contact",
        read=read,
        source=source,
    )


FIELDS: tuple[Field, ...] = (
    _contacting(
        "phone",
        "Phone number; the API shows it as E.164",
        "phone",
        20,
        read=("phone", "formatted_number", "phone_number"),
        source="page, public",
    ),
    _contacting("email", "E-mail address", "email", 50, read=("email",), source="page, public"),
    Field("name", "Full name", max_length=50, read=("name", "edited_name"), source="page, public"),
    Field(
        "first_name",
        "First name; pass it with last_name",
        together=("last_name",),
        read=("first_name",),
        source="page",
    ),
    Field(
        "last_name",
        "Last name; pass it with first_name",
        together=("first_name",),
        read=("last_name",),
        source="page",
    ),
    _contacting("status", "Status of the candidate", "choice", choices=_STATUS),
    Field("location", "Location of the candidate"),
    Field("hirevue_link", "Link to HireVue", "link", 255, read=("hirevue_link",), source="page, public"),
    Field("pymetrics_link", "Link to pymetrics", "link", 255, read=("pymetrics_link",), source="page, public"),
    Field("ex_step", "The external system's step", read=("ex_step",)),
    Field("ex_status", "The external system's status", read=("ex_status",)),
    Field("ex_reason", "The external system's reason", read=("ex_reason",)),
    Field("job_req_id", "Requisition id", max_length=255, read=("job_req_id",), source="page, public"),
    Field("job_title", "Job title", max_length=255, read=("job_title",), source="page, public"),
    _contacting(
        "primary_contact_method",
        "How the candidate is contacted; the API's default is Email & SMS",
        "choice",
        choices=_CONTACT_METHOD,
        read=("primary_contact_method",),
        source="page, public",
    ),
    Field("hired_date", "Date or date and time of the hiring, ISO 8601", "date", read=("hired_date",)),
    Field("adp_link", "Link to ADP", "link", 255, read=("adp_link",), source="page, public"),
    Field("audience_type", "Audience", "choice", choices=_AUDIENCE, read=("audience_type",)),
    Field("hm_cid", "Hirescore candidate id", max_length=255, read=("hm_cid",), source="page, public"),
    Field("external_group_id", "External group id"),
    Field("hirevue_instructions", "Instructions for virtual interviews", max_length=255, source="page, public"),
    Field("referrer_email", "Referrer's e-mail", "email", 50, read=("referrer_email",), source="page, public"),
    Field("referrer_name", "Referrer's name", max_length=50, read=("referrer_name",), source="page, public"),
    Field("external_referrer", "External referrer", max_length=1000, source="page, public"),
    Field("language_preference", "Language code; the API's default is en", read=("language_preference",)),
    Field("resume", "Resume file", "file", extensions=_RESUME, repeat="appends", source="page, ours"),
    _contacting("candidate_journey", "Journey name", read=("candidate_journey",)),
    _contacting(
        "candidate_journey_status",
        "Journey status, written `stage name: status name`",
        "journey-status",
        read=("candidate_journey_status",),
    ),
    # Whether the keys are merged or replace all others is open, but the same keys again change nothing either way.
    Field(
        "candidate_attribute_data",
        "Attributes: text by key, each at most 255 characters",
        "attributes",
        read=("candidate_attribute_data",),
        source="page, public",
    ),
    Field("note", "A note; a repeated request may append it again", repeat="appends", source="page, ours"),
    Field("candidate_location_info", "The candidate's location", max_length=100, source="page, public"),
    Field("external_source_id", "Id in the source system", max_length=255, source="page, public"),
    Field("offer_letter", "Offer file", "file", extensions=_OFFER, repeat="appends", source="page, ours"),
    Field("offer_file_name", "The offer's file name", max_length=150, source="page, public"),
    _contacting(
        "use_paradox_status_map",
        "Whether status_map_name and status_map_ex_id are used; the API's default is false",
        "boolean",
        requires=("status_map_name", "status_map_ex_id"),
    ),
    _contacting("status_map_name", "Name of the journey status mapping in Paradox"),
    _contacting("status_map_ex_id", "The external system's status, mapped to a journey status"),
)

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}

_WIRE_VALUES: dict[str, dict[str, str]] = {
    field.name: {
        **{wire.casefold(): wire for _, wire in field.choices},
        **{name.casefold(): wire for name, wire in field.choices},
    }
    for field in FIELDS
}
