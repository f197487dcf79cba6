"""`mapping suggest`: what it guesses of headers and values, how sure it says it is, and that its mapping works."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sync.errors import SourceError
from sync.jobs.suggest import suggest
from sync.mapping import Mapping, load_mapping
from sync.mapping.suggest.words import HEADERS, NO_FIELD, listed
from tests.conftest import ROOT, Workplace
from tests.corpus import CORPUS, needs_corpus
from tests.file_server import Reply, serving
from tests.source_files import with_rows, workbook_file
from tests.suggest_headers import SHEETS, VALUES, values_of


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
    fields = {"id": document["candidate"], **document["fields"]}
    columns = {name: rule if isinstance(rule, str) else rule.get("column", []) for name, rule in fields.items()}
    return {
        header: (name, sure["column" if name == "id" else name])
        for name, several in columns.items()
        for header in ([several] if isinstance(several, str) else several)
    }


def judged(sheet: dict[str, str], text: str) -> tuple[list[str], list[str]]:
    """The headers that are taken for something else than they mean, and those of them without a low certainty."""
    found = found_in(text)
    wrong = [
        header
        for header, field in sheet.items()
        if found.get(header, ("",))[0] != ("" if field.startswith("-") else field)
    ]
    return wrong, [header for header in wrong if header in found and found[header][1] != "low"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_headers_are_recognised(tmp_path: Path, sheet: str) -> None:
    columns = SHEETS[sheet]
    text = suggest(table(tmp_path, {header: values_of(field) for header, field in columns.items()})).text
    assert loaded(tmp_path, text).fields
    wrong, falsely_sure = judged(columns, text)
    assert falsely_sure == []
    assert len(wrong) <= len(columns) * 0.1, wrong


SAMPLES = {
    "nightly-export.csv": "id first_name last_name email phone status hired_date",
    "recruiter-upload.xlsx": "id first_name last_name email phone status job_req_id hired_date primary_contact_method "
    "note",
    "migration.csv": "id name email phone - resume candidate_journey - - - - hired_date language_preference",
}


@pytest.mark.parametrize(("sample", "rejected"), [("nightly-export.csv", 2), ("recruiter-upload.xlsx", 8)])
def test_what_is_suggested_for_a_sample_passes_and_rejects_no_more_than_its_bad_rows(
    tmp_path: Path, sample: str, rejected: int
) -> None:
    workplace = Workplace(tmp_path)
    file = str(ROOT / "sample_data" / sample)
    printed = workplace.command("mapping", "suggest", file)
    (tmp_path / "mine.yaml").write_text(printed.stdout, encoding="utf-8")
    assert workplace.command("mapping", "check", "mine.yaml").returncode == 0
    checked = workplace.command("check", file, "-m", "mine.yaml", "--json")
    assert (printed.returncode, json.loads(checked.stdout)["rejected"]) == (0, rejected)


@pytest.mark.parametrize("sample", SAMPLES)
def test_columns_of_the_samples_are_recognised(sample: str) -> None:
    found = found_in(suggest(ROOT / "sample_data" / sample).text)
    assert {field for field, _ in found.values()} == set(SAMPLES[sample].split()) - {"-"}


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
    assert "values: {Active: APPROVED}" in text
    assert "# ? Is 'Rejetced' ARCHIVED? It is only the nearest: if so, add it under values." in text
    assert "# ? What is 'Blue'? One of APPROVED, PENDING, ARCHIVED, DRAFT, SPAM." in text


def test_the_opposite_of_a_value_is_asked_about_and_not_sent(tmp_path: Path) -> None:
    text = suggested(tmp_path, Status=["Approved", "Unapproved", "Unarchived"])
    assert "values: {Approved: APPROVED}" in text
    assert "# ? Is 'Unapproved' APPROVED? It is only the nearest: if so, add it under values." in text


def test_a_phones_country_that_nothing_shows_is_a_low_guess(tmp_path: Path) -> None:
    text = suggested(tmp_path, Phone=["06 12 34 56 70", "06 12 34 56 71", "06 12 34 56 72"])
    assert re.search(r"# low: .*\n(  #.*\n)*  # \? Are the numbers without \+ of ", text)


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
    assert "# low: no column is like a field" in text


def test_the_example_of_an_attribute_is_no_private_matter(tmp_path: Path) -> None:
    private = {"Date of birth": ["1990-01-02"] * 3, "Shirt size": ["M", "L", "S"]}
    text = suggest(table(tmp_path, {**PEOPLE, **private})).text
    assert "#   candidate_attribute_data: {shirt_size: Shirt size}" in text


def test_every_name_of_a_field_is_none_of_what_is_no_field() -> None:
    spoken = {name for names in HEADERS.values() for name in listed(names)}
    assert spoken & set(listed(NO_FIELD)) == set()


def test_a_file_without_an_id_asks_for_one(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {"E-mail": ["ann@example.com"], "Shoe": ["38"]})).text
    assert YAML(typ="safe").load(text)["candidate"]["column"] == "Shoe"
    assert ("# ? Which column holds the candidate's id" in text, found_in(text)["Shoe"]) == (True, ("id", "low"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("A,A\n1,2\n", "has the column 'A' more than once", id="one header twice"),
        pytest.param("ID\n1\n", "has only one column", id="one column"),
        pytest.param('"ID,Name"\n"1,Ann"\n', "each line may stand in quotes", id="lines in quotes"),
        pytest.param("First name,Last name\nAnn,Lee\n", "nothing to make a mapping of", id="names alone"),
        pytest.param("1,Ann,ann@example.com\n", "row 1 holds an e-mail address", id="no header"),
    ],
)
def test_what_no_mapping_can_be_made_of_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(content)
    with pytest.raises(SourceError, match=reason):
        suggest(path)


PEOPLE = {"ID": ["1", "2", "3"], "E-mail": ["ann@example.com", "bob@example.com", "cleo@example.com"]}


def fields_of(text: str) -> dict[str, object]:
    return dict(YAML(typ="safe").load(text)["fields"])


def test_a_second_number_fills_in_where_the_first_is_blank(tmp_path: Path) -> None:
    numbers = {"Mobile": ["415-555-0101", "", "415-555-0103"], "Phone": ["415-555-0104"] * 3}
    text = suggest(table(tmp_path, {**PEOPLE, **numbers})).text
    assert fields_of(text)["phone"] == {"column": ["Mobile", "Phone"], "transform": [{"phone": "US"}]}
    assert "# ? Where Mobile is blank, Phone is taken" in text


def test_a_second_number_beside_one_that_is_never_blank_is_left_out(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Mobile": ["415-555-0101"] * 3, "Phone": ["415-555-0104"] * 3})).text
    assert "#   Phone (could be phone too, which is taken from Mobile)" in text


@pytest.mark.parametrize("header", ["Manager's e-mail", "Emergency contact", "Recruiter address", "CC"])
def test_addresses_of_other_people_are_not_the_candidates(tmp_path: Path, header: str) -> None:
    text = suggest(table(tmp_path, {"ID": ["1", "2", "3"], "City": ["A", "B", "A"], header: PEOPLE["E-mail"]})).text
    assert (header in found_in(text), f"#   {header}" in text) == (False, True)


def test_a_field_whose_values_all_contradict_it_is_held_back(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Phone": ["yes", "no", "yes"]})).text
    assert set(fields_of(text)) == {"email"}
    assert "#   phone: {column: Phone, transform: [phone]}" in text


def test_yes_and_no_in_another_language_are_listed(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Use status map": ["S\u00ed", "No", "no"]})).text
    assert fields_of(text)["use_paradox_status_map"] == {
        "column": "Use status map",
        "transform": [{"boolean": {"true": ["S\u00ed"], "false": ["No", "no"]}}],
    }


def test_names_of_languages_become_their_codes(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Language": ["English", "Espa\u00f1ol", "fr"]})).text
    assert fields_of(text)["language_preference"] == {
        "column": "Language",
        "values": {"English": "en", "Espa\u00f1ol": "es", "fr": "fr"},
    }


@pytest.mark.parametrize(
    ("header", "kind", "certainty"),
    [
        ("OID", "OID", "high"), ("Paradox ID", "OID", "high"), ("external_oid", "external_oid", "high"),
        ("ex_id", "ex_id", "high"), ("Candidate ID", "ex_id", "low"),
    ],
)  # fmt: skip
def test_the_header_may_say_which_id_it_is(tmp_path: Path, header: str, kind: str, certainty: str) -> None:
    text = suggest(table(tmp_path, {header: ["1", "2", "3"], "E-mail": PEOPLE["E-mail"]})).text
    assert YAML(typ="safe").load(text)["candidate"] == {"id": kind, "column": header}
    assert f"# {certainty}: " in text.partition("  id:")[0].partition("candidate:")[2]


def test_dates_of_another_column_show_the_order(tmp_path: Path) -> None:
    dates = {
        "Hire date": ["01/02/2026", "02/03/2026", "03/04/2026"],
        "Seen": ["25/12/2025", "13/01/2026", "01/02/2026"],
    }
    text = suggest(table(tmp_path, {**PEOPLE, **dates})).text
    assert found_in(text)["Hire date"] == ("hired_date", "medium")
    assert ("['%d/%m/%Y']" in text, "as in other columns of this file" in text) == (True, True)


def test_dates_in_both_orders_are_asked_about(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Hire date": ["01/13/2026", "02/14/2026", "15/03/2026"]})).text
    assert "2 dates have the month first for certain, 1 the day" in text
    assert found_in(text)["Hire date"] == ("hired_date", "low")


def test_values_that_may_be_notes_on_people_are_not_shown(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "Status": ["Ann is ill", "Bob left", "Cleo Lee called"]})).text
    assert ("Ann" in text, "3 more values, not shown here" in text) == (False, True)


def test_the_folder_beside_the_file_that_has_the_files_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / "papers" / name).touch()
    text = suggest(table(tmp_path, {**PEOPLE, "CV": ["a.pdf", "b.pdf", "c.pdf"]})).text
    assert fields_of(text)["resume"] == {"column": "CV", "transform": [{"file": "papers/"}]}


def test_files_that_are_not_found_are_held_back(tmp_path: Path) -> None:
    text = suggest(table(tmp_path, {**PEOPLE, "CV": ["a.pdf", "b.pdf", "c.pdf"]})).text
    assert ("resume" in fields_of(text), "#   # ? In which folder are the files?" in text) == (False, True)


def test_a_sheet_without_known_headers_is_passed_over(tmp_path: Path) -> None:
    cover, people = with_rows(("Read this first",)), with_rows(("Candidate ID", "E-mail"), ("1", "ann@example.com"))
    suggestion = suggest(workbook_file(tmp_path, cover, people, names=("Cover", "May")))
    assert YAML(typ="safe").load(suggestion.text)["source"] == {"sheet": "May"}
    assert "looked at 1 row below row 1 of sheet 'May', one of several" in suggestion.notes


def test_the_secrets_of_an_address_are_not_written_down(tmp_path: Path) -> None:
    with serving({"/people.csv": Reply(b"ID,E-mail\n1,ann@example.com\n")}) as server:
        address = server.url.replace("http://", "http://canary-user:canary-password@") + "/people.csv?sig=canary-key"
        printed = Workplace(tmp_path).command("mapping", "suggest", address)
    assert (printed.returncode, "canary" in printed.stdout + printed.stderr) == (0, False)


def test_the_command_says_how_the_file_was_read_on_standard_error(tmp_path: Path) -> None:
    table(tmp_path, PEOPLE)
    printed = Workplace(tmp_path).command("mapping", "suggest", "people.csv")
    assert ("people.csv: looked at all 3 rows below row 1" in printed.stderr, "looked at" in printed.stdout) == (
        True,
        False,
    )


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


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_ODD = st.sampled_from(
    ["a: b", "'", '"', "# x", " x", "- x", "{x}", "[x]", "&x", "*x", "!x", "%x", "@x", "\U0001f600", "a\nb"]
)
_NAMES = st.sampled_from(sorted({header for sheet in SHEETS.values() for header in sheet}))
_CELLS = st.one_of(_TEXTS, st.sampled_from(sorted({cell for cells in VALUES.values() for cell in cells})))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.one_of(_NAMES, _ODD, _TEXTS), st.lists(_CELLS, min_size=2, max_size=2)), min_size=1, max_size=8
    )
)
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


@pytest.mark.parametrize(
    ("headers", "dates", "phone", "country"),
    [
        pytest.param(("Prénom", "Nom", "Portable"), "%d/%m/%Y", "06 12 34 56 7", "FR", id="French"),
        pytest.param(("Nombre", "Apellidos", "Teléfono móvil"), "%d/%m/%Y", "612 34 56 7", "ES", id="Spanish"),
        pytest.param(("Forename", "Surname", "Mobile"), "%d/%m/%Y", "0113 496 000", "GB", id="British"),
        pytest.param(("First name", "Last name", "Phone"), "%m/%d/%Y", "212-555-010", "US", id="American"),
    ],
)
def test_the_language_of_the_header_says_what_is_likelier(
    tmp_path: Path, headers: tuple[str, str, str], dates: str, phone: str, country: str
) -> None:
    first, last, number = headers
    columns = {
        "ID": ["1", "2", "3"],
        first: ["Ann", "Bo", "Cy"],
        last: ["Lee", "Ng", "Ray"],
        number: [f"{phone}{end}" for end in range(3)],
        "Start date": ["01/02/2026", "02/03/2026", "05/06/2026"],
    }
    text = suggest(table(tmp_path, columns)).text
    assert (f"['{dates}']" in text, f"{{phone: {country}}}" in text) == (True, True)
    assert found_in(text)["Start date"] == ("hired_date", "low")


def test_an_empty_column_of_files_is_held_back(tmp_path: Path) -> None:
    text = suggested(tmp_path, Name=["Ann Lee", "Bo Ng", "Cy Ray"], Resume=["", "", ""])
    assert loaded(tmp_path, text).fields == ("name",)
    assert "#   resume: {column: Resume, transform: [{file: files/}]}" in text


@pytest.mark.parametrize(
    "row", [["C-1", "Ann Lee", "Austin"], ["Ann Lee", "Austin", "(212) 555-0123"], ["Ann Lee", "ann@example.com", "x"]]
)
def test_a_row_of_data_is_not_taken_for_the_header(tmp_path: Path, row: list[str]) -> None:
    path = table(tmp_path, dict(zip(row, (["C-2", "C-31"], ["Bo Ng", "Cy Ray"], ["Boston", "Denver"]), strict=True)))
    with pytest.raises(SourceError, match=r"has no header: row 1 (looks like a row of data|holds an e-mail address)"):
        suggest(path)


def test_a_header_of_unknown_names_is_said_to_be_a_guess(tmp_path: Path) -> None:
    notes = suggest(table(tmp_path, {"Ann": ["Bo", "Cy"], "Lee": ["Ng", "Ray"], "Lemon": ["x", "y"]})).notes
    assert "row 1 was taken for the header, though no name in it is like a field's" in notes


@pytest.mark.parametrize("groups", ["Candidate,,,Contact,,Job,", "Candidate,,,Contact,,,", "May\n\nCandidate,,,Job,,,"])
def test_names_of_groups_above_the_header_are_passed_over(tmp_path: Path, groups: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        f"{groups}\nID,First name,Last name,Email,Mobile,Job title,Status\n"
        "1,Ann,Lee,ann@example.com,212-555-0101,Cook,Active\n",
        encoding="utf-8",
    )
    assert {"first_name", "last_name", "email", "job_title"} <= set(loaded(tmp_path, suggest(path).text).fields)


def test_the_other_sheets_are_named(tmp_path: Path) -> None:
    people = with_rows(["ID", "First name", "Last name"], [1, "Ann", "Lee"])
    text = suggest(workbook_file(tmp_path, people, people, names=("January", "February"))).text
    assert "one of several sheets was looked at; the others: February" in text


def test_formulas_without_a_value_are_told_from_blanks(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, with_rows(["ID", "First name", "Last name", "Email"], [1, "Ann", "Lee", "=B2"]))
    assert "no cell of the column can be read" in suggest(path).text


def test_an_example_is_a_comment_whatever_the_header(tmp_path: Path) -> None:
    text = suggested(
        tmp_path, **{"First name": ["a", "b", "c"], "Last name": ["a", "b", "c"], "Shirt\u2028size": ["S"] * 3}
    )
    assert loaded(tmp_path, text).fields == ("first_name", "last_name")


def test_the_candidates_own_address_and_mobile_number_come_first_and_the_others_are_asked_about(tmp_path: Path) -> None:
    text = suggested(
        tmp_path,
        **{
            "Work Email": ["a@work.example", "b@work.example", "c@work.example"],
            "Home Email": ["a@home.example", "b@home.example", "c@home.example"],
            "Telefon privat": ["030 901820", "030 901821", "030 901822"],
            "Mobil": ["0151 23456789", "0151 23456780", "0151 23456781"],
        },
    )
    found = found_in(text)
    assert (found["Home Email"], found["Mobil"][0]) == (("email", "medium"), "phone")
    assert "# ? Is it rather Work Email?" in text


def test_a_preferred_name_is_not_the_name(tmp_path: Path) -> None:
    names = {"Legal First Name": ["Ann"] * 3, "Legal Last Name": ["Lee"] * 3, "Preferred Name": ["Annie"] * 3}
    assert set(found_in(suggested(tmp_path, **names))) == {"ID", "Legal First Name", "Legal Last Name"}


def test_numbers_for_a_status_are_a_low_guess(tmp_path: Path) -> None:
    text = suggested(tmp_path, Status=["1", "2", "3"])
    assert found_in(text)["Status"] == ("status", "low")
    assert "# ? Are these Paradox's own numbers" in text


def test_addresses_say_the_country_of_phone_numbers(tmp_path: Path) -> None:
    addresses = ["ann@example.mx", "bo@example.mx", "cy@example.mx"]
    numbers = ["55 1234 5678", "81 1234 5679", "55 1234 5670"]
    assert "{phone: MX}" in suggested(tmp_path, Email=addresses, Phone=numbers)


def test_long_numbers_under_any_header_are_held_back(tmp_path: Path) -> None:
    numbers = ["1234567890", "12345678902", "1234567892"]
    assert "phone" not in loaded(tmp_path, suggested(tmp_path, Name=["Ann", "Bo", "Cy"], Gen=numbers)).fields
