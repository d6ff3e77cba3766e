"""A table of any make → a Dataset, by a mapping that says what its columns are.

What is on record of a row: the sheet as its source, the row in the notes, with every cell that could not be taken as it
stands. Ids follow from the names in the order of the file, so that the same file has the same ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from app.analysis.alike import Step
from app.analysis.plain_names import organization_key, person_key
from app.domain.circles import circles
from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES
from app.files import sheets
from app.files.canonical import composed
from app.files.idents import distinct, stems
from app.files.manifest import written
from app.files.mapping import IGNORED, Mapping, Shape, Use, said
from app.files.mapping_faults import RowFaults
from app.files.mapping_guess import SURE, Guess, by_hand, guessed
from app.files.mapping_names import Bodies, attribute, bodies, listed
from app.files.mapping_posts import of_moves, of_stints, ranked, with_kinds
from app.files.mapping_taking import ignored, taken
from app.files.reading import Reading, shown
from app.files.sheets import Sheet, unhurried

_PERSON_IDS = ("orcid", "openalex", "wikidata")
_BODY_IDS = {"ror": "ror", "organization-openalex": "openalex", "organization-wikidata": "wikidata"}
_BODY_FIELDS = {"founded": "founded", "dissolved": "dissolved", "city": "hq_city", "country": "hq_country"}
_URL = r"^https?://"
_NAMED = 12


def recognises(path: Path) -> bool:
    """Whether a file is a table whose columns can be guessed with confidence. FileError where it cannot be read."""
    return guessed(sheets.beginning(path)).sure


def read(
    path: Path,
    *,
    columns: Sequence[str] = (),
    sheet: str = "",
    shape: Shape | None = None,
    step: Step = unhurried,
) -> Reading:
    """The Dataset of a table, its columns as they are guessed. columns: what some of them are, as COLUMN=FIELD; sheet: of
    a workbook; shape: what a row says; step: as in `sheets.sheet`.

    FileError where it is no table; DataError where what columns are cannot be guessed and is not said; UsageError for a
    column, field or sheet that is not there.
    """
    held = sheets.sheet(path, sheet, step=lambda done: step(done / 2))
    guess = guessed(held, shape)
    if columns or shape:
        mapping = by_hand(held, dict(said(text, held.header) for text in columns), shape)
        if mapping.faults(held.header):
            raise unplaced(held, guess, mapping)
    elif guess.sure:
        mapping = guess.mapping
    else:
        raise unplaced(held, guess)
    return reading(held, mapping, step=lambda done: step(0.5 + done / 2))


def unplaced(sheet: Sheet, guess: Guess, mapping: Mapping | None = None) -> DataError:
    """The DataError for a table of which it is not known what its columns are: which, and how to say it."""
    doubtful = [column for column in guess.columns if column.confidence < SURE]
    names = [shown(column.name) for column in doubtful]
    cut = f"{', '.join(names[:_NAMED])}{f' and {len(names) - _NAMED} more' if len(names) > _NAMED else ''}"
    message = f"it is a table, but it is not known what its columns hold: {cut}"
    if mapping is not None and (found := mapping.faults(sheet.header)):
        message = f"it is a table of which {found[0].message}; not known: {cut or 'none'}"
    likely = next((c for c in doubtful if c.use.field != IGNORED), None)
    example = f"{likely.name}={likely.use.field}" if likely else f"{(names or list(sheet.header))[0]}=person"
    remedy = f'Say what they are: convert --in table IN OUT --map "{example}" --map …, and --shape if need be.'
    return DataError(Fault("columns", message, remedy, file=sheet.place, row=sheet.header_row))


def reading(sheet: Sheet, mapping: Mapping, *, step: Step = unhurried) -> Reading:
    """The Dataset of a table by a mapping, with its warnings by row, and what was ignored.

    DataError where the mapping does not fit the table.
    """
    faults = RowFaults(sheet)
    frame = taken(sheet, mapping, faults)
    step(0.3)
    frame = _whole(frame, mapping, faults)
    made = _Made(sheet, mapping, frame, faults)
    step(0.6)
    dataset = Dataset.of({name: composed(table) for name, table in made.tables().items() if table.height})
    step(1.0)
    return Reading(dataset, faults.faults, ignored(sheet, mapping))


def _whole(frame: pl.DataFrame, mapping: Mapping, faults: RowFaults) -> pl.DataFrame:
    """The rows that name somebody, or somewhere; the others are told."""
    wanted = {"stints": ("person", "organization"), "moves": ("person",), "people": ("person",)}
    for field in wanted.get(mapping.shape, ("organization",)):
        lacking = frame.get_column(field).is_null()
        if lacking.any():
            rows = frame.get_column("row").filter(lacking)
            messages = pl.Series([f"it names no {field}, and was left out"]).new_from_index(0, len(rows))
            column = mapping.column(field) or ""
            faults.add("missing", rows, messages, f"Write its {field}.", column=column)
            frame = frame.filter(~lacking)
    if mapping.shape == "moves":
        lacking = frame.get_column("from").is_null() & frame.get_column("to").is_null()
        if lacking.any():
            rows = frame.get_column("row").filter(lacking)
            messages = pl.Series(["it names no organization, and was left out"]).new_from_index(0, len(rows))
            faults.add("missing", rows, messages, "Write from where or to where.")
            frame = frame.filter(~lacking)
    return frame


class _Made:
    """The tables that a sheet becomes."""

    def __init__(self, sheet: Sheet, mapping: Mapping, frame: pl.DataFrame, faults: RowFaults) -> None:
        self._sheet, self._mapping, self._frame, self._faults = sheet, mapping, frame, faults
        self._place = f"{sheet.name}, sheet {sheet.sheet}" if sheet.sheet else sheet.name
        has = frame.columns
        self._people = self._organizations = None
        if "person" in has:
            by_id = next((name for name in _PERSON_IDS if name in has), "")
            aliases = "aliases" if "aliases" in has else ""
            self._people = bodies(frame, ["person"], person_key, by_id=by_id, aliases=aliases)
        if names := [name for name in ("organization", "to", "from", "parent") if name in has]:
            by_id = next((name for name in _BODY_IDS if name in has), "")
            own = "aliases" if mapping.shape == "organizations" else "organization-aliases"
            self._organizations = bodies(
                frame, names, organization_key, by_id=by_id, aliases=own if own in has else ""
            )

    def tables(self) -> dict[str, pl.DataFrame]:
        """All tables with their rows."""
        sources = self._sources()
        organizations = self._organizations.records if self._organizations else None
        people = self._people.records if self._people else None
        parts = [sources.get_column("stem")]
        if organizations is not None:
            stem = stems(organizations.get_column("name"))
            parts.append(stem.to_frame("s").select(pl.when(pl.col("s").str.contains("^(st|src|person)-")).then("org-" + pl.col("s")).otherwise("s")).to_series())
        if people is not None:
            parts.append("person-" + stems(people.get_column("name")))
        ids = distinct(pl.concat([part.alias("id") for part in parts]))
        sources = sources.with_columns(ids.head(sources.height).alias("id"))
        self._file_id = sources.item(0, "id")
        self._source_ids = dict(zip(sources.get_column("key"), sources.get_column("id"), strict=True))
        at = sources.height
        found: dict[str, pl.DataFrame] = {}
        if organizations is not None:
            self._organization_ids = ids.slice(at, organizations.height)
            at += organizations.height
            found["organizations"] = self._organization_rows(organizations)
        if people is not None:
            self._person_ids = ids.slice(at)
            found["people"] = self._person_rows(people)
        if self._mapping.shape in ("stints", "moves"):
            found["stints"] = self._stint_rows()
        found["sources"] = sources.drop("key", "stem")
        return found

    def _sources(self) -> pl.DataFrame:
        """The sheet itself, then every source that it names, by what it is called there."""
        stem = stems(pl.Series([Path(self._sheet.name).stem + (f" {self._sheet.sheet}" if self._sheet.sheet else "")]))
        own = {"key": "", "stem": f"src-{stem[0]}", "title": self._place, "url": None, "kind": "other"}
        rows = [own | {"notes": f"A table, read as {self._mapping.shape}: {self._sheet.said}"}]
        if "source" in self._frame.columns:
            titles: dict[str, str] = {}
            if "source-title" in self._frame.columns:
                said_so = self._frame.select("source", "source-title").drop_nulls().unique(maintain_order=True)
                titles = {listed_[0]: title for listed_, title in said_so.reverse().iter_rows()}
            named = self._frame.get_column("source").drop_nulls().explode().unique(maintain_order=True)
            bare = stems(named.str.replace(_URL, "").str.replace(r"^www\.", ""))
            for text, short in zip(named, bare, strict=True):
                is_url = text.startswith(("http://", "https://"))
                title = titles.get(text) if is_url else text
                rows.append({"key": text, "stem": f"src-{short[:60].strip('-')}", "title": title, "url": text if is_url else None,
                             "kind": "other", "notes": None})  # fmt: skip
        schema = {"key": pl.String, "stem": pl.String, "title": pl.String, "url": pl.String, "kind": pl.String, "notes": pl.String}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _organization_rows(self, records: pl.DataFrame) -> pl.DataFrame:
        found = self._organizations
        assert found is not None  # there are records of them
        frame, main = self._frame, next(iter(found.codes))
        codes, n = found.codes[main], records.height

        def value(field: str) -> pl.Series:
            return attribute(frame, codes, field, self._mapping.column(field) or field, n, self._faults)

        made: dict[str, pl.Series] = {"id": self._organization_ids, "name": records["name"], "aliases": records["aliases"]}
        for field, name in _BODY_FIELDS.items():
            if field in frame.columns:
                made[name] = value(field)
        if self._mapping.shape == "organizations" and "kind" in frame.columns:
            made["kind"] = value("kind")
        if "parent" in frame.columns:
            made["parent_id"] = self._parents(found, codes, n)
        ids = {name: value(field) for field, name in _BODY_IDS.items() if field in frame.columns}
        if ids:
            rows = pl.DataFrame(list(ids.values())).rows() if ids else []
            texts = [{name: text for name, text in zip(ids, row, strict=True) if text} for row in rows]
            made["extra"] = pl.Series([written({"ids": text}) if text else None for text in texts], dtype=pl.String)
        return self._finished(pl.DataFrame([column.alias(name) for name, column in made.items()]), records, codes, "organizations")

    def _parents(self, found: Bodies, codes: pl.Series, n: int) -> pl.Series:
        """The ids of parents; of those in a circle, or that are themselves, none."""
        frame = self._frame.select("row", code=found.codes["parent"])
        column = self._mapping.column("parent") or "parent"
        parents = attribute(frame.with_columns(pl.col("code").cast(pl.String)), codes, "code", column, n, self._faults).cast(pl.Int64)
        above = {str(n): [str(parent)] for n, parent in enumerate(parents) if parent is not None}
        wrong: set[int] = set()
        while round_ := circles(above):
            for circle in round_:
                wrong.add(int(circle[0]))
                above.pop(circle[0], None)
        if wrong:
            first = pl.DataFrame({"row": self._frame["row"], "code": codes}).filter(pl.col("code").is_in(sorted(wrong)))
            first = first.unique("code", keep="first", maintain_order=True)
            messages = pl.Series(["it would belong to itself, so its parent was left out"]).new_from_index(0, first.height)
            self._faults.add("cycle", first.get_column("row"), messages, "Correct the parents.", column=column)
        kept = [parent if parent is None or at not in wrong else None for at, parent in enumerate(parents)]
        places = pl.Series(kept, dtype=pl.Int64)
        return self._organization_ids.gather(places.fill_null(0)).to_frame("id").select(
            pl.when(pl.Series("p", kept, dtype=pl.Int64).is_not_null()).then("id")
        ).to_series()

    def _person_rows(self, records: pl.DataFrame) -> pl.DataFrame:
        found = self._people
        assert found is not None  # there are records of them
        codes, n = found.codes["person"], records.height
        made: dict[str, pl.Series] = {"id": self._person_ids, "name": records["name"], "aliases": records["aliases"]}
        for field in _PERSON_IDS:
            if field in self._frame.columns:
                column = self._mapping.column(field) or field
                made[field] = attribute(self._frame, codes, field, column, n, self._faults)
        if "expertise" in self._frame.columns:
            made["expertise"] = listed(self._frame, codes, "expertise", n)
        return self._finished(pl.DataFrame([column.alias(name) for name, column in made.items()]), records, codes, "people")

    def _finished(self, rows: pl.DataFrame, records: pl.DataFrame, codes: pl.Series, shape: Shape) -> pl.DataFrame:
        """Records of people or organizations with their provenance; with the words and warnings of their rows in a table
        that is of them."""
        frame, n = self._frame, rows.height
        notes = [self._place + ", row " + records.get_column("row").cast(pl.String)]
        sources = pl.Series([[self._file_id]], dtype=pl.List(pl.String)).new_from_index(0, n)
        if self._mapping.shape == shape:
            own = frame.select("row", code=codes)
            if "notes" in frame.columns:
                said_of = frame.select(code=codes, note="notes").drop_nulls()
                notes.insert(0, self._by_code(said_of, n))
            if self._faults.notes.height:
                notes.append(self._by_code(own.join(self._faults.notes, on="row").select("code", "note"), n))
            if "status" in frame.columns:
                rows = rows.with_columns(attribute(frame, codes, "status", self._mapping.column("status") or "", n, self._faults).alias("status"))
            if "source" in frame.columns:
                cited = listed(frame, codes, "source", n)
                sources = self._cited(cited)
        joined = pl.DataFrame([note.alias(str(at)) for at, note in enumerate(notes)])
        text = joined.select(pl.concat_str(pl.all(), separator="\n", ignore_nulls=True)).to_series()
        return rows.with_columns(text.alias("notes"), sources.alias("source_ids"))

    @staticmethod
    def _by_code(notes: pl.DataFrame, n: int) -> pl.Series:
        """Notes of each of n records, a line each."""
        together = notes.group_by("code").agg(pl.col("note").unique(maintain_order=True).str.join("\n"))
        whole = pl.DataFrame({"code": pl.Series(range(n), dtype=pl.Int64)})
        return whole.join(together, on="code", how="left", maintain_order="left").get_column("note")

    def _cited(self, sources: pl.Series) -> pl.Series:
        """Lists of sources by what the file calls them → their ids, that of the file first."""
        old, new = list(self._source_ids), list(self._source_ids.values())
        ids = sources.list.eval(pl.element().replace_strict(old, new))
        both = pl.concat_list(pl.lit(self._file_id), pl.col("s").fill_null([]))
        return ids.to_frame("s").select(both.list.unique().list.sort()).to_series()

    def _stint_rows(self) -> pl.DataFrame:
        assert self._people is not None  # every shape with stints has people
        assert self._organizations is not None  # and organizations
        codes = {"person": self._people.codes["person"], **self._organizations.codes}
        names = {"stints": ("person", "organization"), "moves": ("person", "from", "to")}[self._mapping.shape]
        held = [name for name in ("start", "end", "date", "announced", "role", "unit", "kind", "status", "notes", "source") if name in self._frame.columns]
        frame = self._frame.select("row", *(codes[name].alias(name) for name in names), *held)
        posts = of_moves(frame) if self._mapping.shape == "moves" else of_stints(frame, self._faults)
        posts = ranked(with_kinds(posts), newest_first=self._mapping.newest_first, runs_on=self._mapping.runs_on, faults=self._faults)
        person = self._person_ids.gather(posts.get_column("person"))
        rank = posts.get_column("rank").cast(pl.String)
        made = {
            "id": "st-" + person.str.slice(len("person-")) + "-" + rank,
            "person_id": person,
            "organization_id": self._organization_ids.gather(posts.get_column("organization")),
            "notes": self._stint_notes(posts),
        }
        kept = [name for name in ("start", "end", "announced", "role", "unit", "kind", "status", "rank") if name in posts.columns]
        if "source" in posts.columns:
            made["source_ids"] = self._cited(posts.get_column("source"))
        else:
            made["source_ids"] = pl.Series([[self._file_id]], dtype=pl.List(pl.String)).new_from_index(0, posts.height)
        return pl.DataFrame([*(posts.get_column(name) for name in kept), *(column.alias(name) for name, column in made.items())])

    def _stint_notes(self, posts: pl.DataFrame) -> pl.Series:
        """What the file says of a row, where it stands, and what could not be taken of it."""
        where = pl.concat_str(pl.lit(f"{self._place}, row "), pl.col("row"))
        if "last_row" in posts.columns:
            where = where + pl.when(pl.col("last_row").is_not_null()).then(pl.concat_str(pl.lit(" and row "), "last_row")).otherwise(pl.lit(""))
        parts = [where]
        if "notes" in posts.columns:
            parts.insert(0, pl.col("notes"))
        if (doubts := self._faults.notes).height:
            posts = posts.join(doubts, on="row", how="left", maintain_order="left")
            parts.append(pl.col("note"))
        if len(parts) == 1:
            return posts.select(where).to_series()
        return posts.select(pl.concat_str(parts, separator="\n", ignore_nulls=True)).to_series()


