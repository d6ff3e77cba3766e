"""Graphs for other programs: valid by their schema, read back by networkx, igraph and our own readers as they were."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import igraph
import networkx
import pytest
from hypothesis import given, settings
from lxml import etree

from app.analysis.options import DEFAULTS, Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply, put
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.files import graphs
from app.files.exports import EXPORTS
from app.files.outgoing import Outgoing
from app.files.registry import read
from app.places import bundled_dataset
from tests.files.outgoing_data import NASTY, bodies_of, people_of, sound, stints_of, visible
from tests.pictures.made import small

SCHEMA = Path(__file__).parents[1] / "data" / "gexf-schema"
NS = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def written(outgoing: Outgoing, name: str, folder: str | Path) -> Path:
    path = Path(folder, f"graph{EXPORTS[name].ending}")
    EXPORTS[name].write(outgoing, path)
    return path


def valid(path: Path) -> list[str]:
    """What the schema of GEXF 1.3 says against a file without its `viz` part."""
    schema = etree.XMLSchema(etree.parse(SCHEMA / "gexf.xsd"))
    tree = etree.parse(path)
    for part in list(tree.iter(f"{VIZ}*")):
        part.getparent().remove(part)
    schema.validate(tree)
    return [str(error) for error in schema.error_log]


@given(sound())
@settings(max_examples=30)
def test_any_people_graph_is_read_back_by_our_reader(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        for name in ("gexf", "graphml"):
            back = graphs.read(written(Outgoing(dataset), name, folder)).dataset
            assert people_of(back) == people_of(dataset), name
            assert bodies_of(back) == bodies_of(dataset), name
            assert stints_of(back) == stints_of(dataset), name


@given(sound())
@settings(max_examples=15)
def test_any_gexf_is_valid(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        outgoing = Outgoing(dataset, colors={"o-0": "#3538cd"})
        for name in ("gexf", "gexf-flows"):
            path = written(outgoing, name, folder)
            assert valid(path) == [], name
        paint = etree.parse(written(outgoing, "gexf", folder)).find(f".//{VIZ}color")
        assert paint is not None
        assert dict(paint.attrib) == {"r": "53", "g": "56", "b": "205", "a": "1.0"}


def test_spells_are_the_outer_bounds_and_open_where_nothing_is_known(tmp_path: Path):
    pairs = [("2024-05~", ".."), ("2025-06-26", "2025-12"), (None, "2025"), (None, None), ("2020-02-29", "2021-01-01")]
    dataset = Dataset.of(
        {
            "organizations": frame_of("organizations", [{"id": "o", "name": "Made-up Works"}]),
            "people": frame_of("people", [{"id": "p", "name": "Madeup"}]),
            "stints": frame_of(
                "stints",
                [
                    {"id": f"st-{n}", "person_id": "p", "organization_id": "o", "start": start, "end": end}
                    for n, (start, end) in enumerate(pairs)
                ],
            ),
        }
    )
    edges = etree.parse(written(Outgoing(dataset), "gexf", tmp_path)).iter(f"{NS}edge")
    spells = [[dict(spell.attrib) for spell in edge.iter(f"{NS}spell")] for edge in edges]
    assert spells == [
        [{"start": "2024-05-01"}],
        [{"start": "2025-06-26", "end": "2025-12-31"}],
        [{"end": "2025-12-31"}],
        [],
        [{"start": "2020-02-29", "end": "2021-01-01"}],
    ]


@given(sound())
@settings(max_examples=15)
def test_any_graphml_is_the_same_graph_in_networkx_and_igraph(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Outgoing(dataset), "graphml", folder)
        one, other = networkx.read_graphml(path), igraph.Graph.Read_GraphML(str(path))
        nodes = {
            row_id: visible(name)
            for t in ("organizations", "people")
            for row_id, name in dataset[t].select("id", "name").iter_rows()
        }
        assert {key: visible(label) for key, label in one.nodes(data="label")} == nodes
        assert {v["id"]: visible(v["label"]) for v in other.vs} == nodes
        kept = dataset["stints"].filter(dataset["stints"]["status"].ne_missing("denied"))
        stints = Counter(kept.select("person_id", "organization_id").iter_rows())
        assert Counter((a, b) for a, b in one.edges()) == stints
        assert Counter((other.vs[e.source]["id"], other.vs[e.target]["id"]) for e in other.es) == stints
        assert one.graph["dataset"] == other["dataset"] == dataset.digest


def flows_of(dataset: Dataset, options: Options = DEFAULTS) -> dict[tuple[str, str], int]:
    return {(flow["from"], flow["to"]): flow["moves"] for flow in summary(dataset, options)["flows"]}


def test_flows_are_those_of_stats(tmp_path: Path):
    dataset = read(bundled_dataset())
    options = Options(level="lab", lens=parse("to:Meta"), window=(dates.day(2024), dates.day(2026)))
    expected = flows_of(dataset, options)
    assert expected
    outgoing = Outgoing(dataset, options, "main.py convert")
    one = networkx.read_graphml(written(outgoing, "graphml-flows", tmp_path))
    assert {(a, b): n for a, b, n in one.edges(data="weight")} == expected
    other = igraph.Graph.Read_GraphML(str(written(outgoing, "graphml-flows", tmp_path)))
    found = {(other.vs[e.source]["id"], other.vs[e.target]["id"]): e["weight"] for e in other.es}
    assert found == expected
    tree = etree.parse(written(outgoing, "gexf-flows", tmp_path))
    edges = {(e.get("source"), e.get("target")): int(e.get("weight")) for e in tree.iter(f"{NS}edge")}
    assert edges == expected
    assert valid(tmp_path / "graph.flows.gexf") == []
    told = tree.findtext(f".//{NS}description")
    for words in (
        dataset.digest,
        "Level: lab",
        f"Lens: {options.lens}",
        "Command: main.py convert",
        "2024-01-01 to 2026",
    ):
        assert words in told
    assert one.graph["lens"] == str(options.lens)


def test_our_reader_takes_flows_for_claims_of_their_numbers(tmp_path: Path):
    expected = flows_of(small())
    for name in ("gexf-flows", "graphml-flows"):
        back = graphs.read(written(Outgoing(small()), name, tmp_path)).dataset
        names = dict(small()["organizations"].select("id", "name").iter_rows())
        claims = back["claims"].select("topic", "field", "value").rows()
        assert sorted(claims) == sorted((f"{names[a]} → {names[b]}", "moves", str(n)) for (a, b), n in expected.items())


def test_what_is_denied_stays_away_and_is_counted(tmp_path: Path):
    stints = [
        {"id": "st-1", "person_id": "p", "organization_id": "o"},
        {"id": "st-2", "person_id": "p", "organization_id": "o", "status": "denied"},
        {"id": "st-3", "person_id": "q", "organization_id": "o"},
    ]
    people = [{"id": "p", "name": "Madeup"}, {"id": "q", "name": "Nobody", "status": "denied"}]
    tables = {
        "organizations": frame_of("organizations", [{"id": "o", "name": "Made-up Works"}]),
        "people": frame_of("people", people),
        "stints": frame_of("stints", stints),
    }
    graph = networkx.read_graphml(written(Outgoing(Dataset.of(tables)), "graphml", tmp_path))
    assert sorted(graph.nodes) == ["o", "p"]
    assert list(graph.edges) == [("p", "o")]
    assert graph.graph["left_out"] == "denied: 2; stints of what is denied: 1"
    head = written(Outgoing(Dataset.of(tables)), "jsonld", tmp_path).read_text("utf-8")
    assert '"term:left-out":"denied: 2; stints of what is denied: 1"' in head


def test_a_lens_that_fits_nothing_leaves_no_file(tmp_path: Path):
    outgoing = Outgoing(small(), Options(lens=parse("to:Nowhere")))
    for name in ("gexf-flows", "graphml-flows", "dot"):
        with pytest.raises(UsageError):
            written(outgoing, name, tmp_path)
    assert list(tmp_path.iterdir()) == []


# --- Graphviz ---


def parsed(text: str) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], dict[str, str]], dict[str, str]]:
    """Nodes, edges and graph attributes of a DOT file by Graphviz's own rules of lexing, strictly."""
    at, tokens = 0, []
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
        elif letter == '"':
            end, value = at + 1, ""
            while text[end] != '"':
                if text[end] == "\\" and text[end + 1] in '"\\':  # the lexer takes pairs
                    value += '"' if text[end + 1] == '"' else "\\\\"
                    end += 2
                else:
                    value += text[end]
                    end += 1
            tokens.append(("text", value))
            at = end + 1
        elif text.startswith("->", at):
            tokens.append(("sign", "->"))
            at += 2
        elif letter in "{}[];,=":
            tokens.append(("sign", letter))
            at += 1
        else:
            end = at
            while text[end].isalnum() or text[end] == "_":
                end += 1
            assert end > at, text[at : at + 20]
            tokens.append(("word", text[at:end]))
            at = end
    tokens.reverse()

    def take(*kinds: str) -> str:
        kind, value = tokens.pop()
        assert kind in kinds or value in kinds, (kind, value)
        return value

    def attributes() -> dict[str, str]:
        found = {}
        take("[")
        while tokens[-1][1] != "]":
            name = take("word")
            take("=")
            found[name] = take("text")
            if tokens[-1] == ("sign", ","):
                take(",")
        take("]")
        take(";")
        return found

    nodes, edges, whole = {}, {}, {}
    take("digraph")
    take("text")
    take("{")
    while tokens[-1] != ("sign", "}"):
        kind, name = tokens.pop()
        if kind == "word":
            whole |= attributes() if name == "graph" else attributes() and {}
        elif tokens[-1] == ("sign", "->"):
            take("->")
            target = take("text")
            edges[name, target] = attributes()
        else:
            nodes[name] = attributes()
    return nodes, edges, whole


def drawn(label: str) -> str:
    """What Graphviz draws for a label: lines, single backslashes, entities as letters."""
    import html

    parts = label.split("\\\\")
    assert all(part.count("\\") == part.count("\\n") for part in parts)  # no other sign of a label is left
    return html.unescape("\\".join(part.replace("\\n", "\n") for part in parts))


@given(sound())
@settings(max_examples=25)
def test_any_dot_is_parsed_and_draws_the_names(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        nodes, edges, whole = parsed(written(Outgoing(dataset), "dot", folder).read_text("utf-8"))
        expected = flows_of(dataset)
        assert {pair: int(values["weight"]) for pair, values in edges.items()} == expected
        names = dict(dataset["organizations"].select("id", "name").iter_rows())
        assert {end for pair in expected for end in pair} <= set(nodes)
        for key, values in nodes.items():
            assert visible(drawn(values["label"]).replace("\x7f", "\ufffd")) == visible(
                names[key].replace("\x7f", "\ufffd")
            )
        assert whole["dataset"] == dataset.digest


@pytest.mark.parametrize("name", NASTY)
def test_every_nasty_name_is_drawn_as_it_is(name: str, tmp_path: Path):
    dataset = small()
    row = dataset.row("organizations", "south")
    assert row is not None
    dataset = apply(dataset, put(dataset, "rename", {"organizations": [{**row, "name": name}]}))
    nodes, _, _ = parsed(written(Outgoing(dataset), "dot", tmp_path).read_text("utf-8"))
    assert visible(drawn(nodes["south"]["label"])) == visible(name)
