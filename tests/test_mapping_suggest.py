"""`mapping suggest`: what it guesses of headers and values, how sure it says it is, and that its mapping works."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sync.errors import SourceError
from sync.jobs.suggest import suggest
from sync.mapping import Mapping, load_mapping
from tests.conftest import ROOT, Workplace
from tests.corpus import CORPUS, needs_corpus
from tests.source_files import with_rows, workbook_file

VALUES: dict[str, list[str]] = {
    "id": ["A-1001", "A-1002", "A-1003", "A-1004"],
    "first_name": ["Ann", "Bob", "Cleo", "Ann"],
    "last_name": ["Lee", "Ray", "Lee", "Oduya"],
    "name": ["Ann Lee", "Bob Ray", "Cleo Lee", "Ann Oduya"],
    "email": ["ann@example.com", "bob@example.com", "cleo@example.com", "oduya@example.com"],
    "phone": ["(415) 555-0101", "(415) 555-0102", "(415) 555-0103", "+34 915 550 104"],
    "status": ["Active", "Closed", "On hold", "Active"],
    "hired_date": ["03/14/2026", "04/02/2026", "12/31/2026", "01/05/2026"],
    "job_req_id": ["R-1", "R-2", "R-1", "R-3"],
    "job_title": ["Cashier", "Cook", "Cashier", "Driver"],
    "location": ["Austin", "Boston", "Austin", "Denver"],
    "primary_contact_method": ["Email", "SMS", "Email", "Email & SMS"],
    "language_preference": ["en", "es", "en", "fr"],
    "note": ["called twice", "", "no answer", ""],
    "resume": ["ann.pdf", "bob.pdf", "cleo.docx", "oduya.pdf"],
    "referrer_name": ["Dee Poe", "", "Eve Fox", ""],
    "referrer_email": ["dee@example.com", "", "eve@example.com", ""],
    "ex_reason": ["too far", "", "", "salary"],
    "external_source_id": ["S1", "S2", "S3", "S4"],
    "candidate_location_info": ["1 Main St", "2 Oak Ave", "3 Elm St", "4 Pine Rd"],
}

SHEETS: dict[str, dict[str, str]] = {
    "English": {
        "Candidate Ref": "id", "Given Name": "first_name", "Surname": "last_name", "E-mail Addr.": "email",
        "Cell #": "phone", "Application Status": "status", "Start Date": "hired_date", "Req #": "job_req_id",
        "Position": "job_title", "City": "location", "Preferred contact method": "primary_contact_method",
        "Preferred Language": "language_preference", "Recruiter comments": "note", "CV": "resume",
        "Referred by": "referrer_name", "Home address": "candidate_location_info",
    },
    "English, run together": {
        "CandidateID": "id", "firstName": "first_name", "last_name": "last_name", "emailAddress": "email",
        "mobile_phone": "phone", "CANDIDATE STATUS": "status", "hire_date": "hired_date", "jobReqId": "job_req_id",
        "job-title": "job_title", "Rejection Reason": "ex_reason", "Source System ID": "external_source_id",
    },
    "Spanish": {
        "N.º de candidato": "id", "Nombre": "first_name", "Apellidos": "last_name", "Correo electrónico": "email",
        "Teléfono móvil": "phone", "Estado": "status", "Fecha de inicio": "hired_date", "Puesto": "job_title",
        "Ciudad": "location", "Idioma": "language_preference", "Comentarios": "note", "Referido por": "referrer_name",
    },
    "French": {
        "Identifiant": "id", "Prénom": "first_name", "Nom": "last_name", "Adresse e-mail": "email",
        "Téléphone portable": "phone", "Statut": "status", "Date d'embauche": "hired_date",
        "Intitulé du poste": "job_title", "Ville": "location", "Langue": "language_preference", "Remarques": "note",
    },
    "German": {
        "Kandidatennummer": "id", "Vorname": "first_name", "Name": "last_name", "E-Mail-Adresse": "email",
        "Telefonnummer (mobil)": "phone", "Status": "status", "Eintrittsdatum": "hired_date",
        "Stellenbezeichnung": "job_title", "Standort": "location", "Sprache": "language_preference",
        "Bemerkung": "note", "Kontaktart": "primary_contact_method", "Lebenslauf": "resume",
    },
    "Italian": {
        "ID candidato": "id", "Nome": "first_name", "Cognome": "last_name", "Indirizzo e-mail": "email",
        "Cellulare": "phone", "Stato": "status", "Data di assunzione": "hired_date", "Mansione": "job_title",
        "Lingua": "language_preference",
    },
    "Portuguese": {
        "ID": "id", "Nome completo": "name", "E-mail": "email", "Telemóvel": "phone", "Situação": "status",
        "Data de admissão": "hired_date", "Cargo": "job_title", "Cidade": "location",
    },
    "Dutch": {
        "Kandidaatnummer": "id", "Voornaam": "first_name", "Achternaam": "last_name", "E-mailadres": "email",
        "Mobiel nummer": "phone", "Functie": "job_title", "Begindatum": "hired_date", "Opmerkingen": "note",
    },
}  # fmt: skip


def table(folder: Path, columns: dict[str, list[str]], name: str = "people.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(columns), *zip(*columns.values(), strict=True)])
    return path


def loaded(folder: Path, text: str) -> Mapping:
    path = folder / "suggested.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def found_in(text: str) -> dict[str, tuple[str, str]]:
    """By header, the field that the mapping takes it for, and how sure its comment says that this is."""
    sure: dict[str, str] = {}
    certainty = ""
    for line in map(str.strip, text.splitlines()):
        word = line.removeprefix("# ").partition(":")[0]
        certainty = word if word in {"high", "medium", "low"} else certainty
        sure[line.partition(":")[0]] = certainty
    document = YAML(typ="safe").load(text)
    columns = {
        name: rule if isinstance(rule, str) else rule.get("column", "") for name, rule in document["fields"].items()
    }
    found = {header: (name, sure[name]) for name, header in columns.items()}
    return {document["candidate"]["column"]: ("id", sure["column"]), **found}


@pytest.mark.parametrize("language", SHEETS)
def test_headers_are_recognised(tmp_path: Path, language: str) -> None:
    expected = SHEETS[language]
    text = suggest(table(tmp_path, {header: VALUES[field] for header, field in expected.items()})).text
    assert loaded(tmp_path, text).fields
    found = found_in(text)
    wrong = {header: found.get(header) for header, field in expected.items() if found.get(header, ("",))[0] != field}
    assert {header: guess for header, guess in wrong.items() if guess and guess[1] != "low"} == {}
    assert len(wrong) <= len(expected) * 0.1, wrong


def suggested(folder: Path, **columns: list[str]) -> str:
    return suggest(table(folder, {"ID": ["1", "2", "3"], **columns})).text


@pytest.mark.parametrize(
    ("dates", "line", "said"),
    [
        pytest.param(["01/13/2026", "02/03/2026", "05/06/2026"], "['%m/%d/%Y']", "the month first: 1", id="month"),
        pytest.param(["13.01.2026", "02.03.2026", "05.06.2026"], "['%d.%m.%Y']", "the day first: 1", id="day"),
        pytest.param(["01.02.2026", "02.03.2026", "05.06.2026"], "['%d.%m.%Y']", "? Is the day first?", id="dots"),
        pytest.param(["01/02/2026", "02/03/2026", "05/06/2026"], "['%m/%d/%Y']", "? Is the month first?", id="open"),
        pytest.param(["2026-01-02", "2026-02-03", "2026-05-06"], "[date]", "100% of the values", id="ISO"),
    ],
)
def test_the_order_of_dates_is_shown_by_the_values_or_asked(
    tmp_path: Path, dates: list[str], line: str, said: str
) -> None:
    text = suggested(tmp_path, **{"Hire date": dates})
    assert (line in text, said in text) == (True, True)


def test_an_open_order_of_dates_is_of_low_certainty(tmp_path: Path) -> None:
    path = table(tmp_path, {"ID": ["1", "2"], "Hire date": ["01/02/2026", "02/03/2026"]})
    assert found_in(suggest(path).text)["Hire date"] == ("hired_date", "low")


@pytest.mark.parametrize(
    ("numbers", "transform"),
    [
        pytest.param(["415-555-0101", "(415) 555-0102", "415.555.0103"], "{phone: US}", id="United States"),
        pytest.param(["030 901820", "0151 23456789", "+49 30 901821"], "{phone: DE}", id="Germany"),
        pytest.param(["+14155550101", "+34915550102", "+14155550103"], "[phone]", id="with their country"),
    ],
)
def test_phone_numbers_tell_their_country(tmp_path: Path, numbers: list[str], transform: str) -> None:
    assert transform in suggested(tmp_path, Phone=numbers)


def test_values_of_a_list_get_their_meaning_and_the_rest_is_asked(tmp_path: Path) -> None:
    text = suggested(tmp_path, Status=["Active", "Rejetced", "Blue"])
    assert "values: {Active: APPROVED, Rejetced: ARCHIVED}" in text
    assert "# ? Is 'Rejetced' ARCHIVED? It is only the nearest." in text
    assert "# ? What is 'Blue'? One of APPROVED, PENDING, ARCHIVED, DRAFT, SPAM." in text


def test_values_that_differ_in_case_alone_are_listed_once(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {"ID": ["1", "2"], "Status": ["Approved!", "approved!"]})).text
    assert loaded(tmp_path, text).fields == ("status",)


def test_american_numbers_are_not_taken_for_those_of_a_country_that_takes_anything(tmp_path: Path) -> None:
    text = suggested(tmp_path, Phone=["(555) 010-0200", "(555) 010-0201", "212-555-0101"])
    assert ("{phone: DE}" in text, "high: by its header; 33%" in text) == (False, False)


def test_addresses_are_found_under_any_header(tmp_path: Path) -> None:
    text = suggested(tmp_path, Reachable=["ann@example.com", "bob@example.com", "cleo@example.com"])
    assert found_in(text)["Reachable"] == ("email", "low")


def test_a_first_name_alone_is_not_mapped(tmp_path: Path) -> None:
    text = suggested(tmp_path, Status=["Active", "Closed", "Active"], **{"First name": ["Ann", "Bob", "Cleo"]})
    assert "#   First name (the API takes a first and a last name only together)" in text


def test_the_whole_name_is_left_out_beside_first_and_last(tmp_path: Path) -> None:
    names = {"First name": ["Ann", "Bob", "Cleo"], "Last name": ["A", "B", "C"], "Full name": ["Ann A", "Bob B", "C C"]}
    assert set(YAML(typ="safe").load(suggested(tmp_path, **names))["fields"]) == {"first_name", "last_name"}


def test_no_address_number_or_name_is_written_down(tmp_path: Path) -> None:
    columns = {field.replace("_", " "): VALUES[field] for field in ("id", "name", "email", "phone", "note")}
    text = suggest(table(tmp_path, columns)).text
    secrets = [value for field in ("id", "name", "email", "phone", "note") for value in VALUES[field] if value]
    assert [value for value in secrets if value in text] == []


def test_words_for_nothing_become_blank_values(tmp_path: Path) -> None:
    assert "blank_values: [n/a, '-']" in suggested(tmp_path, Email=["n/a", "-", "ann@example.com"])


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Export of today\n\nCandidate ID,E-mail,Mobile\n1,ann@example.com,+14155550101\n")
    assert set(YAML(typ="safe").load(suggest(path).text)["fields"]) == {"email", "phone"}


def test_the_sheet_is_named_where_several_would_fit(tmp_path: Path) -> None:
    rows = with_rows(("Candidate ID", "E-mail"), ("1", "ann@example.com"))
    text = suggest(workbook_file(tmp_path, rows, rows, names=("May", "June"))).text
    assert YAML(typ="safe").load(text)["source"] == {"sheet": "May"}


def test_columns_that_are_no_fields_may_be_attributes(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {"ID": ["1"], "Shoe size": ["38"]})).text
    assert YAML(typ="safe").load(text)["fields"] == {"candidate_attribute_data": {"shoe_size": "Shoe size"}}
    assert "# low: no header is like a field" in text


def test_a_file_without_an_id_asks_for_one(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {"E-mail": ["ann@example.com"], "Shoe": ["38"]})).text
    assert YAML(typ="safe").load(text)["candidate"]["column"] == "Shoe"
    assert "# ? Which column holds the candidate's id" in text


def test_headers_that_are_all_the_same_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("A,A\n1,2\n")
    with pytest.raises(SourceError, match="needs two columns with headers of their own"):
        suggest(path)


def test_the_command_prints_a_mapping_that_passes_and_fits(tmp_path: Path) -> None:
    workplace = Workplace(tmp_path)
    sample = ROOT / "sample_data" / "nightly-export.csv"
    printed = workplace.command("mapping", "suggest", str(sample))
    (tmp_path / "mine.yaml").write_text(printed.stdout, encoding="utf-8")
    assert workplace.command("mapping", "check", "mine.yaml").returncode == 0
    checked = workplace.command("check", str(sample), "-m", "mine.yaml")
    assert (printed.returncode, checked.returncode, "2 rejected" in checked.stdout) == (0, 3, True)


def test_the_command_refuses_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    ended = Workplace(tmp_path).command("mapping", "suggest", "empty.csv")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)


def right_or_refused(path: Path, folder: Path) -> bool:
    """Whether what is suggested for the file is a right mapping, or the refusal is one line."""
    try:
        text = suggest(path).text
    except SourceError as refused:
        return "\n" not in str(refused)
    return bool(loaded(folder, text).columns)


_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(_TEXTS, st.lists(_TEXTS, min_size=2, max_size=2)), min_size=1, max_size=5))
def test_whatever_the_cells_the_mapping_is_right(
    tmp_path_factory: pytest.TempPathFactory, columns: list[tuple[str, list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[header for header, _ in columns], *zip(*(cells for _, cells in columns), strict=True)]
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    assert right_or_refused(path, folder)


@needs_corpus
@pytest.mark.parametrize("folder", ["readxl", "csv-spectrum", "excel-oracle", "duckdb-csv"])
def test_real_files_get_a_right_mapping_or_a_line(tmp_path: Path, folder: str) -> None:
    files = sorted(path for path in (CORPUS / folder).rglob("*") if path.suffix in {".csv", ".xlsx"})
    for path in [one for one in files if one.stat().st_size < 50_000][:12]:
        assert right_or_refused(path, tmp_path)
