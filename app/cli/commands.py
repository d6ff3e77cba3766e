"""The commands: render, stats, check, convert, diff, compare, merge. Each imports what it needs when it runs.

Exit codes: 0 done, 1 the data has errors, 2 wrong use, 3 a file could not be read or written. An error is one to three
lines on standard error; never a traceback.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

import app
from app.domain.errors import DataError, Fault, TalentflowError, UsageError

if TYPE_CHECKING:
    from app.domain.dataset import Dataset

F = TypeVar("F", bound=Callable[..., Any])

LEVELS = ("unit", "lab", "organization")
VIEWS = ("flowmap", "sankey", "alluvial", "chord", "matrix", "careers", "timeline", "compare", "buildout", "orgchart")
ARRANGEMENTS = ("down", "right", "compact", "hanging")
STORY = "story"
"""What is drawn in place of a view: a story that the file tells, step by step."""
FORMATS = (".png", ".svg", ".pdf", ".pptx", ".html", ".webp", ".gif", ".mp4", ".webm")


def run(args: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        code = commands.main(args=list(args), prog_name="main.py", standalone_mode=False)
    except TalentflowError as error:
        print(error.text, file=sys.stderr)
        return error.exit_code
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        print(
            f"{error.format_message()}\nSee: main.py {args[0] if args[0][0] != '-' else ''} --help".replace("  ", " "),
            file=sys.stderr,
        )
        return 2
    except click.Abort:
        return 2
    except BrokenPipeError:  # the reader of our output, `head` perhaps, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        print(
            "There is not enough memory for this file.\nConvert it to .talentflow on a larger machine, or split it.",
            file=sys.stderr,
        )
        return 3
    return code if isinstance(code, int) else 0


@click.group(help="Who moved between which organizations, when, and who says so. Without a command: open the window.")
@click.version_option(app.__version__, prog_name="talentflow", message="%(prog)s %(version)s")
def commands() -> None:
    """The group of all commands."""


def counting(command: F) -> F:
    """The options that choose which moves are counted; the same in every command."""
    for option in reversed(
        (
            click.option(
                "--as-of", metavar="DATE", help="The day of people, charts and build-out; a picture fills up to it."
            ),
            click.option("--from", "since", metavar="DATE", help="Count moves from the first day of DATE."),
            click.option("--to", "until", metavar="DATE", help="Count moves up to the last day of DATE."),
            click.option("--known-by", metavar="DATE", help="Only what was published by the last day of DATE."),
            click.option(
                "--lens", default="", metavar="TEXT", help="A filter, as: 'from:OpenAI to:Meta status:confirmed'."
            ),
            click.option(
                "--level",
                type=click.Choice(LEVELS),
                default="organization",
                show_default=True,
                help="How far units are rolled up.",
            ),
        )
    ):
        command = option(command)
    return command


def filters(command: F) -> F:
    """The options that choose what is counted and drawn; the same in every command."""
    for option in reversed(
        (
            counting,
            click.option(
                "--focus",
                metavar="ID",
                multiple=True,
                help="The organization or person to set off from the rest; several times for several. `buildout` of "
                "several compares them.",
            ),
            click.option("--net", is_flag=True, help="One flow a pair: the difference of its two directions."),
            click.option(
                "--top", type=click.IntRange(1), metavar="N", help="Only the N organizations with most moves."
            ),
        )
    ):
        command = option(command)
    return command


def moments(command: F) -> F:
    """The options that choose two moments; the same in every command that compares."""
    for option in reversed(
        (
            click.option(
                "--before",
                metavar="DATE",
                help="Compare: the last day of DATE is before. Default: a year before the day after; the newest day "
                "where known-by days or files are compared.",
            ),
            click.option(
                "--after", metavar="DATE", help="Compare: the last day of DATE is after. Default: the newest day."
            ),
            click.option("--known-before", metavar="DATE", help="Compare: before, only what was published by DATE."),
            click.option("--known-after", metavar="DATE", help="Compare: after, only what was published by DATE."),
        )
    ):
        command = option(command)
    return command


@commands.command()
@click.argument("view", required=False, metavar=f"{{{'|'.join(VIEWS)}|{STORY}}}")
@click.argument("file", required=False, type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="OUT.(png|svg|pdf|pptx|html|webp|gif|mp4|webm)",
    help="Where to write; the ending is the format.",
)
@click.option(
    "--remake",
    type=click.Path(),
    metavar="PICTURE",
    help="Make PICTURE again by the command in it, from the dataset that it was made from (FILE, or the file of its "
    "name beside it), and say whether it is the same. Without -o nothing is written.",
)
@filters
@click.option(
    "--size",
    default="1600x1000",
    show_default="1600x1000, 1600x900 for a slide",
    metavar="WxH",
    help="Size in pixels before scaling.",
)
@click.option(
    "--scale",
    type=click.FloatRange(0.1, 10),
    default=1.0,
    show_default=True,
    help="Pixels of the file a pixel of the size.",
)
@click.option(
    "--dpi",
    type=click.FloatRange(10, 2400),
    metavar="N",
    help="Pixels an inch in print, where 1600 at 254 are 16 cm. Default: 96 at scale 1; in a PDF 72.",
)
@click.option("--caption", is_flag=True, help="Below the picture, which grows by it: its scope and numbered sources.")
@click.option("--transparent", is_flag=True, help="No ground, to be laid on another.")
@click.option(
    "--period",
    type=click.Choice(("quarter", "half-year", "year")),
    help="How long a period of `alluvial` or of small multiples is; default: as fits.",
)
@click.option(
    "--multiples",
    is_flag=True,
    help="A small picture for each period: `flowmap`, `sankey`, `chord`, `matrix`, `buildout`.",
)
@click.option("--theme", type=click.Choice(("light", "dark")), default="light", show_default=True)
@click.option("--no-relations", is_flag=True, help="`flowmap`: without the quiet layer of investments.")
@click.option(
    "--sort", metavar="WORD", help="Order of `careers`: recent, joined (the focus), first, last, moves, name."
)
@click.option(
    "--group",
    metavar="WORD",
    help="Groups of `careers`: none, present, origin, cohort; lanes of `timeline`: kind, organization.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 600),
    help="`flowmap`, `sankey`, `alluvial`, `chord`: how long time plays. Default: 20; without it an SVG is still.",
)
@click.option("--arrangement", type=click.Choice(ARRANGEMENTS), help="How trees of `orgchart` grow; default: as fits.")
@click.option("--open-levels", metavar="N", help="`orgchart`, pages and in sight: open levels, or `fit`. Default: all.")
@click.option("--turned", metavar="KEY", multiple=True, help="`orgchart`: a box or unit that is folded the other way.")
@click.option("--first-page", is_flag=True, help="`orgchart`, `careers`: no further pages of a PDF or PPTX.")
@click.option(
    "--zoom",
    type=click.FloatRange(1e-6, 1000),
    metavar="N",
    help="A part of the picture as a window of --size shows it, N times as large; --centre says which.",
)
@click.option("--centre", metavar="X,Y", help="What lies in the middle of that, in pixels of the picture at --zoom 1.")
@click.option(
    "--places",
    type=click.Path(),
    metavar="PICTURE",
    help="Organizations stand where they stand in PICTURE, if it was exported from a window and says so.",
)
@click.option("--fps", type=click.IntRange(1, 60), help="Pictures a second of a film. Default: 30; of a GIF 20.")
@moments
@click.option("--with", "other", type=click.Path(), metavar="FILE2", help="`compare`: with this file, which is after.")
@click.option("--story", metavar="NAME", help="`story`: which one, where a file has several.")
@click.pass_context
def render(
    context: click.Context,
    /,
    view: str | None,
    file: str | None,
    output: str | None,
    remake: str | None,
    size: str,
    scale: float,
    theme: str,
    **chosen: Any,
) -> int:
    """Draw a picture of FILE (default: the bundled dataset) without a screen; or make one again: render --remake
    PICTURE [FILE] [-o OUT]."""
    if remake is not None:
        from app.cli.remaking import remade

        given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
        text, same = remade(Path(remake), view, output, given)
        click.echo(text)
        return 0 if same or output else 1
    if view is None or output is None:
        raise click.UsageError("Missing argument VIEW." if view is None else "Missing option '-o' / '--output'.")
    sized = context.get_parameter_source("size") is not ParameterSource.DEFAULT
    if view == STORY:
        from app.cli.storytelling import tell

        wanted = pixels(size) if sized else None
        tell(load(file), file, Path(output), size=wanted, scale=scale, theme=theme, options=chosen)
        return 0
    view = click.Choice((*VIEWS, STORY)).convert(view, None, context)
    if chosen.pop("story") is not None:
        raise UsageError(Fault("options", f"--story means nothing in a picture `{view}`", "Draw `story`."))
    ending = Path(output).suffix.lower()
    if ending not in FORMATS:
        raise UsageError(
            Fault(
                "format",
                f"{output}: a picture cannot be written as {ending or 'a file without an ending'!r}",
                f"End the name in {', '.join(FORMATS)}.",
            )
        )
    if ending == ".pptx" and not sized:
        size = "1600x900"  # fills a slide
    from app.cli.drawing import draw, places_in  # pictures need numpy, and PNG and PDF need Qt
    from app.wishes.wish import Wish

    held = places_in(Path(chosen["places"])) if chosen["places"] else ""
    wish = Wish(view, Path(output), pixels(size), scale, theme, chosen, file, held)
    other = load(chosen["other"]) if view == "compare" and chosen["other"] else None
    draw(load(file), wish, other)
    return 0


@commands.command()
@click.argument("file", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="As JSON, complete.")
@filters
def stats(file: str | None, as_json: bool, **chosen: Any) -> None:
    """The numbers of FILE (default: the bundled dataset): people, moves, flows, net, known people, build-out."""
    from app.analysis.summary import summary
    from app.cli.tables import stats_text
    from app.wishes.options import filter_options

    dataset = load(file)
    figures = summary(dataset, filter_options(chosen))
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else stats_text(dataset, figures, chosen))


@commands.command()
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="As JSON, complete.")
def check(file: str, as_json: bool) -> int:
    """What is wrong in FILE: errors and warnings. Ends with 1 if there are errors."""
    from app.files.registry import reading

    try:
        faults = reading(Path(file)).checked
    except DataError as error:  # rows that no table can hold: they are the errors of the file
        faults = list(error.faults)
    n_errors = sum(f.n for f in faults if f.severity == "error")
    n_warnings = sum(f.n for f in faults if f.severity == "warning")
    if as_json:
        names = ("severity", "code", "table", "id", "row", "field", "message", "remedy")
        issues = [
            {name: getattr(fault, name) for name in names} | ({"file": fault.file} if fault.file else {})
            for fault in faults
        ]
        click.echo(
            json.dumps({"errors": n_errors, "warnings": n_warnings, "issues": issues}, ensure_ascii=False, indent=1)
        )
    else:
        for fault in faults:
            click.echo(f"{fault.severity}: {fault.text.replace(chr(10), chr(10) + '  ')}")
        click.echo(f"{_counted(n_errors, 'error')}, {_counted(n_warnings, 'warning')}")
    return 1 if n_errors else 0


@commands.command()
@click.argument("source", metavar="IN", type=click.Path())
@click.argument("target", metavar="OUT", type=click.Path())
@click.option("--in", "in_format", metavar="FORMAT", help="What IN is, if its content does not tell.")
@click.option("--as", "as_format", metavar="FORMAT", help="What OUT shall be, if its name does not tell.")
@click.option("--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="Of a table: what a column holds.")
@click.option("--sheet", default="", metavar="NAME", help="Of a workbook: which sheet.")
@click.option(
    "--shape", type=click.Choice(("stints", "moves", "people", "organizations")), help="Of a table: its rows."
)
@counting
def convert(
    source: str,
    target: str,
    in_format: str | None,
    as_format: str | None,
    columns: tuple[str, ...],
    sheet: str,
    shape: str | None,
    **chosen: Any,
) -> None:
    """Write the dataset IN as OUT: .json, .json.gz, .talentflow, .csv.zip, or a folder of CSV (a name ending in /).

    For other programs: .xlsx, .parquet (a folder), .parquet.zip, .gexf, .graphml, .jsonld, .md hold every record;
    .flows.gexf, .flows.graphml (or --as gexf-flows, graphml-flows) and .dot hold flows, which --lens, --level and days
    narrow.

    IN may also be a fact base, an organogram of the UK government or the members of teams, as CSV in a folder or zip;
    the latter two also as a single CSV file. Or it is any table of people, organizations, stints or moves, as CSV or a
    workbook, whose columns are guessed by what they are called and hold; --map says it of those that are not.
    """
    from app.cli.converting import converted  # formats need polars

    said = {name: value for name, value in (("columns", columns), ("sheet", sheet), ("shape", shape)) if value}
    lines, told = converted(source, target, in_format, as_format, chosen, said)
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"{target}: {told}")


@commands.command()
@click.argument("old", metavar="A", type=click.Path())
@click.argument("new", metavar="B", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="As JSON, complete.")
def diff(old: str, new: str, as_json: bool) -> None:
    """What changed from file A to file B, row by row and field by field."""
    from app.cli.tables import difference_text, difference_value
    from app.domain.edit import difference

    edit = difference(load(old), load(new))
    click.echo(json.dumps(difference_value(edit), ensure_ascii=False, indent=1) if as_json else difference_text(edit))


@commands.command()
@click.argument("file", required=False, type=click.Path())
@click.argument("other", required=False, type=click.Path())
@moments
@click.option(
    "--level", type=click.Choice(LEVELS), default="organization", show_default=True, help="How far rolled up."
)
@click.option("--lens", default="", metavar="TEXT", help="A filter, as: 'organization:Meta status:confirmed'.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, complete.")
@click.option("-o", "--output", metavar="OUT.(md|csv)", help="Where to write; the ending is the format.")
def compare(file: str | None, other: str | None, as_json: bool, output: str | None, **chosen: Any) -> None:
    """Who joined, left or moved between two days of FILE (default: the bundled dataset), two days of knowledge, or from
    FILE to OTHER."""
    from app.cli.comparing import compared, text, value, written

    made = compared(load(file), load(other) if other else None, chosen)
    if output:
        written(made, Path(output))
    else:
        click.echo(value(made) if as_json else text(made))


@commands.command()
@click.argument("base", metavar="BASE", type=click.Path())
@click.argument("mine", metavar="A", type=click.Path())
@click.argument("theirs", metavar="B", type=click.Path())
@click.option("-o", "--output", required=True, metavar="OUT", help="Where to write; the ending is the format, or A's.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, complete.")
def merge(base: str, mine: str, theirs: str, output: str, as_json: bool) -> int:
    """Make OUT of A and B, which both come from BASE, by record and field. OUT may be one of them.

    Where A and B contradict each other nothing is written: the conflicts are listed, and the command ends with 1.
    """
    from app.cli.merging import merge_files, merged_text, merged_value

    made = merge_files(base, mine, theirs, output)
    click.echo(
        json.dumps(merged_value(made, output), ensure_ascii=False, indent=1) if as_json else merged_text(made, output)
    )
    return 1 if made.conflicts else 0


def load(file: str | None, in_format: str | None = None) -> Dataset:
    """Read a dataset (default: the bundled one). DataError names the first error of a file that has any."""
    from app.files.registry import read_sound
    from app.places import bundled_dataset

    dataset, _ = read_sound(Path(file) if file is not None else bundled_dataset(), in_format)
    return dataset


def pixels(text: str) -> tuple[int, int]:
    """Width and height of a size as it is written: `1920x1080`. UsageError for anything else."""
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(p.isdigit() for p in parts):
        raise UsageError(
            Fault("size", f"--size {text!r} is not a size", "Write width x height in pixels, as 1920x1080.")
        )
    width, height = (int(p) for p in parts)
    if not (480 <= width <= 20_000 and 320 <= height <= 20_000):
        raise UsageError(Fault("size", f"--size {text!r} is out of range", "Choose 480x320 to 20000x20000."))
    return width, height


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
