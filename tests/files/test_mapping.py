"""What columns are: guessed by name and content, said by hand, kept as JSON; and dates as people write them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates
from app.domain.errors import DataError, UsageError
from app.files import mapping_dates
from app.files.mapping import IGNORED, MEANINGS, ORDERS, SHAPES, Mapping, Shape, Use, key_of, of_text, said
from app.files.mapping_dates import AMBIGUOUS, CENTURY, LESS, UNREADABLE, Read, dates_of, read
from app.files.mapping_guess import SURE, by_hand, guessed
from app.files.sheets import sheet
from tests.files.made import put


def fields(folder: Path, text: str) -> tuple[str, dict[str, str], bool]:
    guess = guessed(sheet(put(folder / "t.csv", text)))
    return guess.mapping.shape, {c.name: c.use.field for c in guess.columns}, guess.sure


@pytest.mark.parametrize(
    ("text", "shape", "expected"),
    [
        (
            "Name,Company,Start Date,End Date,Job Title\nAda Test,Alpha,2019-05,present,Researcher\n",
            "stints",
            ("person", "organization", "start", "end", "role"),
        ),
        (
            "Mitarbeiter;Arbeitgeber;von;bis;Abteilung\nAda Beispiel;Muster GmbH;01.03.2015;31.12.2018;Vertrieb\n",
            "stints",
            ("person", "organization", "start", "end", "unit"),
        ),
        (
            "Nom,Employeur,Date de début,Date de fin,Poste\nAda Essai,Alpha SA,2015,2018,Chercheuse\n",
            "stints",
            ("person", "organization", "start", "end", "role"),
        ),
        (
            "Nombre,Empresa,Desde,Hasta,Cargo,Fuente\nAda Prueba,Alfa,2015,2018,Jefa,https://example.org/a\n",
            "stints",
            ("person", "organization", "start", "end", "role", "source"),
        ),
        ("person,from,to,date\nAda Test,Alpha,Beta,2019-05-01\n", "moves", ("person", "from", "to", "date")),
        ("who,where,from,to\nAda Test,Alpha,2019,2020\n", "stints", ("person", "organization", "start", "end")),
        (
            "name,kind,parent,country,founded\nAlpha,company,,US,2001\n",
            "organizations",
            ("organization", "kind", "parent", "country", "founded"),
        ),
        ("name,orcid,expertise\nAda Test,0000-0002-1825-0097,vision\n", "people", ("person", "orcid", "expertise")),
        ("personName,employerName,startDate\nAda Test,Alpha,2019\n", "stints", ("person", "organization", "start")),
    ],
)
def test_columns_are_known_in_four_languages(tmp_path: Path, text: str, shape: str, expected: tuple[str, ...]):
    found, columns, sure = fields(tmp_path, text)
    assert (found, tuple(columns.values()), sure) == (shape, expected, True)


def test_content_speaks_against_a_name_and_for_itself(tmp_path: Path):
    text = "person,company,x,link,status\n" + "".join(
        f"Ada Test{n},Alpha,0000-0002-1825-0097,https://example.org/{n},active\n" for n in range(5)
    )
    guess = guessed(sheet(put(tmp_path / "t.csv", text)))
    by_name = {column.name: column for column in guess.columns}
    assert by_name["x"].use.field == "orcid"
    assert by_name["x"].reason == "ids of orcid stand in it"
    assert by_name["link"].use.field == "source"
    assert by_name["person"].reason == "it is called 'person'"
    assert by_name["status"].use.field == IGNORED or by_name["status"].confidence < SURE


def test_what_is_personal_is_never_guessed(tmp_path: Path):
    text = "person,company,E-Mail,Geburtsdatum,home address,Salary\nAda Test,Alpha,a@b.example,1980-01-01,x,1\n"
    _, columns, _ = fields(tmp_path, text)
    assert [columns[name] for name in ("E-Mail", "Geburtsdatum", "home address", "Salary")] == [IGNORED] * 4


@pytest.mark.parametrize("text", ["a,b\n1,2\n3,4\n", "name,age\nAda,3\n", "Ada Test,Alpha,2019\nBo Test,Alpha,2020\n"])
def test_an_unclear_table_is_not_sure(tmp_path: Path, text: str):
    assert not fields(tmp_path, text)[2]


def test_what_is_said_wins_over_what_is_guessed(tmp_path: Path):
    held = sheet(put(tmp_path / "t.csv", "name,company,since,x\nAda Test,Alpha,2019,Beta\n"))
    mapping = by_hand(held, {"x": Use("organization")})
    assert {name: use.field for name, use in mapping.columns.items()} == {
        "name": "person",
        "since": "start",
        "x": "organization",
    }
    moves = by_hand(held, dict([said("company=from", held.header), said("x=to", held.header)]))
    assert moves.shape == "moves"
    assert not moves.faults(held.header)


def test_a_mapping_that_does_not_fit_says_why():
    mapping = Mapping.of("stints", {"who": "person", "gone": "start", "two": "person", "to": "to"})
    said_so = [fault.message for fault in mapping.faults(("who", "two", "to"))]
    assert said_so == [
        "there is no column 'gone'",
        "'who' holds the person already",
        "no row of stints has a field 'to'",
        "no column holds the organization of stints",
    ]


@pytest.mark.parametrize(
    ("text", "column", "use"),
    [
        ("Start=start", "Start", Use("start")),
        ("start = x=start:day-first", "start = x", Use("start", "day-first")),
        ("FIRM=organization:;", "Firm", Use("organization", split=";")),
        ("Start=ignored", "Start", Use()),
    ],
)
def test_columns_are_said_in_words(text: str, column: str, use: Use):
    assert said(text, ("Start", "start = x", "Firm")) == (column, use)


@pytest.mark.parametrize("text", ["Start", "Nothing=start", "Start=nothing", "=start"])
def test_words_that_say_nothing_of_a_column_are_refused(text: str):
    with pytest.raises(UsageError) as caught:
        said(text, ("Start", "Firm"))
    assert caught.value.fault.remedy


USES = st.builds(
    Use, st.sampled_from([*MEANINGS, IGNORED]), st.sampled_from(["", *ORDERS]), st.sampled_from(["", ";", " / "])
)


@given(
    st.sampled_from(SHAPES),
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(str.strip), USES, max_size=5),
    st.booleans(),
    st.sampled_from([None, True, False]),
)
def test_a_mapping_outlives_its_json(shape: Shape, columns: dict[str, Use], runs_on: bool, newest_first: bool | None):
    import unicodedata

    columns = {unicodedata.normalize("NFC", name): use for name, use in columns.items()}
    mapping = Mapping.of(shape, columns, runs_on=runs_on, newest_first=newest_first)
    again = of_text(mapping.text)
    assert (again.shape, dict(again.columns), again.runs_on, again.newest_first) == (
        shape, columns, runs_on, newest_first,
    )  # fmt: skip
    assert again.text == mapping.text


@given(st.text(max_size=30) | st.sampled_from(['{"shape":"stints","columns":{},"runs_on":1}', '{"columns":[]}', "[]"]))
def test_no_text_crashes_a_mapping(text: str):
    with pytest.raises(DataError):
        of_text(text)


def test_columns_are_remembered_in_any_order_and_case():
    assert key_of(["Name", "Start date"]) == key_of(["start  DATE", "name"]) != key_of(["name"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", Read("2019")),
        ("2019-05", Read("2019-05")),
        ("2019~", Read("2019~")),
        ("May 2019", Read("2019-05")),
        ("05/2019", Read("2019-05")),
        ("Q3 2019", Read("2019", LESS)),
        ("2019-Q1", Read("2019", LESS)),
        ("3. Quartal 2019", Read("2019", LESS)),
        ("1. März 2019", Read("2019-03-01")),
        ("Jänner 2019", Read("2019-01")),
        ("12 février 2021", Read("2021-02-12")),
        ("1er mai 2020", Read("2020-05-01")),
        ("15 de marzo de 2020", Read("2020-03-15")),
        ("2023年03月04日", Read("2023-03-04")),
        ("2019-05-01 00:00:00", Read("2019-05-01")),
        ("2019-05-01T09:30:00Z", Read("2019-05-01")),
        ("2019.0", Read("2019")),
        ("31.12.2018", Read("2018-12-31")),
        ("02.03.2019", Read("2019-03-02")),
        ("02/03/2019", Read("2019", AMBIGUOUS)),
        ("05/05/2019", Read("2019-05-05")),
        ("30/02/2019", Read(None, UNREADABLE)),
        ("about 2012", Read("2012~")),
        ("unknown", Read(None)),
        ("43586", Read(None, UNREADABLE)),
        ("soon", Read(None, UNREADABLE)),
        ("x" * 500, Read(None, UNREADABLE)),
    ],
)
def test_dates_say_no_more_than_was_written(text: str, expected: Read):
    assert read([text]) == [expected]


@pytest.mark.parametrize("text", ["present", "Heute", "–", "aujourd'hui", "Actualidad", "now", "..", "bis heute"])
def test_what_runs_on_is_open_only_where_it_may_be(text: str):
    assert read([text], may_be_open=True) == [Read("..")]
    assert read([text])[0].text is None


def test_a_column_decides_whether_days_come_first():
    assert [r.text for r in read(["02/03/2019", "13/03/2019"])] == ["2019-03-02", "2019-03-13"]
    assert [r.text for r in read(["02/03/2019", "03/13/2019"])] == ["2019-02-03", "2019-03-13"]
    assert [r.why for r in read(["02/03/2019", "03/13/2019", "13/03/2019"])] == [AMBIGUOUS, "", ""]
    assert [r.text for r in read(["02/03/2019"], "month-first")] == ["2019-02-03"]
    assert read(["03/13/17", "02/03/69"]) == [Read("2017-03-13", CENTURY), Read("1969-02-03", CENTURY)]


def test_numbers_are_days_only_where_it_is_said():
    assert [r.text for r in read(["43586", "61", "59", "60", "0"], "serial")] == [
        "2019-05-01", "1900-03-01", "1900-02-28", None, None,
    ]  # fmt: skip
    assert read(["42124"], "serial-1904") == [Read("2019-05-01")]
    assert read(["2019-05-01"], "serial") == [Read("2019-05-01")]


@given(st.lists(st.text(st.sampled_from("0123456789/.- QMayärz年~?"), max_size=12)), st.sampled_from(["", *ORDERS]))
def test_whatever_is_read_is_a_date(texts: list[str], order: str):
    found = dates_of(pl.Series("d", texts, dtype=pl.String), order, may_be_open=True)
    assert found.height == len(texts)
    assert all(dates.readable(text) for text in found["text"])
    for text, why in found.rows():
        assert text is not None or why in ("", UNREADABLE)


def test_the_library_of_languages_is_asked_once_a_word(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    month = mapping_dates._month

    def counted(word: str) -> str:
        asked.append(word)
        return month(word)

    monkeypatch.setattr(mapping_dates, "_month", counted)
    read([f"{day}. Oktober {year}" for day in range(1, 29) for year in range(1990, 2020)])
    assert asked == ["oktober"]
