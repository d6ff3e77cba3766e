"""Graphs: who is a person, what is a stint, what a weight says, and that nothing is made up or lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.careers import Careers
from app.domain import dates
from app.domain.checks import errors
from app.domain.errors import FileError
from app.files import registry
from app.files.graph import Graph, Spell
from app.files.graph_file import listed
from app.files.graph_times import Times
from tests.files.graph_files import SAMPLES, gexf, read, rows, typed
from tests.files.made import put, same


def talent(edges: str, columns: str = "") -> str:
    return gexf(typed("p|Ada|person q|Bo|person o|OrgOne|company u|UniTwo|university", edges, columns))


@pytest.mark.parametrize(
    "namespace",
    ["http://www.gexf.net/1.1draft", "http://gexf.net/1.1draft", "http://www.gexf.net/1.2draft", "http://gexf.net/1.2draft",
     "http://gexf.net/1.3", "http://www.gexf.net/1.3", "http://gexf.net/1.3draft"],
)  # fmt: skip
def test_gexf_is_known_by_its_root_whatever_the_namespace_and_the_name(tmp_path: Path, namespace: str):
    path = put(tmp_path / "export.txt", gexf('<nodes><node id="a" label="A"/></nodes>', namespace=namespace))
    assert registry.recognised(path) == "gexf"
    assert registry.read(path)["organizations"]["name"].to_list() == ["A"]


def test_graphs_are_known_in_any_encoding_and_behind_comments(tmp_path: Path):
    text = '<?xml version="1.0" encoding="UTF-16"?><!-- <gexf> --><!DOCTYPE graphml SYSTEM "x.dtd">'
    text += '<g:graphml xmlns:g="urn:x"><g:graph edgedefault="directed"><g:node id="ä"/></g:graph></g:graphml>'
    path = put(tmp_path / "g.xml", text.encode("utf-16"))
    assert registry.recognised(path) == "graphml"
    assert registry.read(path)["organizations"]["name"].to_list() == ["ä"]


def test_a_graph_of_organizations_keeps_its_numbers_and_makes_nobody_up(tmp_path: Path):
    nodes = '<nodes><node id="a" label="Org A"/><node id="b" label="Org B"/></nodes>'
    edge = '<edges><edge source="a" target="b" weight="3.0" start="2024-01-01" end="2024-04-01"/></edges>'
    found = read(tmp_path, gexf(nodes + edge))
    assert found.dataset["people"].height == found.dataset["stints"].height == 0
    [claim] = rows(found.dataset, "claims")
    assert (claim["about"], claim["field"], claim["value"], claim["date"]) == (
        ["flow:org-a>org-b"],
        "moves",
        "3",
        "2024",
    )
    assert claim["text"] == "Org A → Org B: moves, 3, from 2024-01-01 to 2024-04-01"
    assert json.loads(claim["extra"]) == {"graph": {"start": "2024-01-01", "end": "2024-04-01"}}
    assert {fault.code for fault in found.faults} == {"no-types", "names-nobody"}


def test_who_asks_for_it_gets_unnamed_people_whose_moves_are_the_weights(tmp_path: Path):
    nodes = '<nodes><node id="a" label="Org A"/><node id="b" label="Org B"/></nodes>'
    edges = '<edges><edge source="a" target="b" weight="3" start="2024-01-01" end="2024-02-01"/>'
    edges += '<edge source="b" target="a" weight="1"/><edge source="b" target="a" weight="0.5"/></edges>'
    made = read(tmp_path, gexf(nodes + edges), in_format="graph-unnamed")
    names = made.dataset["people"]["name"].to_list()
    assert sorted(names) == ["Unnamed 1 of 1, Org B → Org A", *(f"Unnamed {n} of 3, Org A → Org B" for n in (1, 2, 3))]
    moves = Careers.of(made.dataset).moves
    assert (len(moves), int(moves.undated.sum())) == (4, 1)
    assert {row["start"] for row in rows(made.dataset, "stints")} == {None, "2024-01"}
    assert "no-number" in {fault.code for fault in made.faults}
    assert made.dataset["claims"].height == 3


def test_edges_of_a_person_and_an_organization_are_stints_a_spell_each(tmp_path: Path):
    edges = """<edge source="p" target="o" kind="works at"><spells><spell start="2019-03-01" end="2020-07-01"/>
        <spell start="2021-05-01" end="Infinity"/></spells></edge>
        <edge source="u" target="p" kind="founder"><attvalues/></edge>
        <edge source="q" target="o" timestamp="2020-05-31"/>"""
    found = read(tmp_path, talent(edges))
    got = {(r["person_id"], r["organization_id"], r["kind"], r["start"], r["end"], r["order_stated"])
           for r in rows(found.dataset, "stints")}  # fmt: skip
    assert got == {
        ("person-ada", "orgone", "employment", "2019-03-01", "2020-07-01", None),
        ("person-ada", "orgone", "employment", "2021-05-01", "..", None),
        ("person-ada", "unitwo", "founder", None, None, False),
        ("person-bo", "orgone", None, "2020-05-31?", None, None),
    }
    assert {r["kind"] for r in rows(found.dataset, "organizations")} == {"company", "university"}
    assert (found.faults, errors(found.checked)) == ((), [])


def test_values_of_edges_say_days_and_roles_where_the_edge_does_not(tmp_path: Path):
    columns = '<attributes class="edge">' + "".join(
        f'<attribute id="{n}" title="{title}" type="string"/>'
        for n, title in enumerate(("startDate", "until", "Role", "x"))
    )
    edges = '<edge source="p" target="o"><attvalues>' + "".join(
        f'<attvalue for="{n}" value="{text}"/>' for n, text in enumerate(("June 2019", "2021", "Chief", "7"))
    )
    found = read(tmp_path, talent(edges + "</attvalues></edge>", columns + "</attributes>"))
    [stint] = rows(found.dataset, "stints")
    assert (stint["start"], stint["end"], stint["role"]) == ("2019-06", "2021", "Chief")
    assert json.loads(stint["extra"]) == {"graph": {"x": "7"}}
    assert found.ignored == (("edge.x", 1),)


def test_days_that_contradict_each_other_are_told_and_not_taken(tmp_path: Path):
    found = read(tmp_path, talent('<edge source="p" target="o" start="2021" end="2019-01-01"/>'
                                  '<edge source="q" target="o" start="soon"/>'))  # fmt: skip
    assert [fault.code for fault in found.faults] == ["end-before-start", "unreadable-date"]
    assert {(r["start"], r["end"]) for r in rows(found.dataset, "stints")} == {(None, None)}


def test_edges_that_name_a_kind_make_people_and_organizations_of_nodes_that_do_not(tmp_path: Path):
    nodes = "".join(f'<node id="{key}" label="{key}"/>' for key in ("ada", "bo", "one", "two"))
    edges = '<edge source="ada" target="one" label="works at"/><edge source="bo" target="two" kind="founder of"/>'
    found = read(tmp_path, gexf(f"<nodes>{nodes}</nodes><edges>{edges}</edges>"))
    assert set(found.dataset["people"]["name"]) == {"ada", "bo"}
    assert set(found.dataset["stints"]["kind"]) == {"employment", "founder"}
    assert found.faults == ()


def test_values_that_only_people_have_make_people_and_what_is_private_stays_in_the_file(tmp_path: Path):
    values = {"Gender": "x", "email": "a@example.org", "employer": "Made Up Ltd", "skills": "[vision, 'speech']",
              "orcid": "https://orcid.org/0000-0002-1825-0097"}  # fmt: skip
    columns = '<attributes class="node">' + "".join(f'<attribute id="{key}" title="{key}"/>' for key in values)
    node = '<node id="a" label="Ada"><attvalues>' + "".join(
        f'<attvalue for="{key}" value="{text}"/>' for key, text in values.items()
    )
    found = read(tmp_path, gexf(f"{columns}</attributes><nodes>{node}</attvalues></node></nodes>"))
    [person] = rows(found.dataset, "people")
    assert (person["expertise"], person["orcid"]) == (["vision", "speech"], "0000-0002-1825-0097")
    assert person["extra"] is None
    assert found.dataset["organizations"]["name"].to_list() == ["Made Up Ltd"]
    assert found.dataset["stints"].height == 1
    assert set(found.ignored) == {("node.Gender, not taken over", 1), ("node.email, not taken over", 1)}


def test_nodes_that_are_neither_and_edges_between_people_are_told(tmp_path: Path):
    edges = '<edge source="p" target="q" kind="knows"/><edge source="p" target="w"/>'
    found = read(tmp_path, gexf(typed("p|Ada|person q|Bo|person w|Paper|patent", edges)))
    assert sorted(fault.code for fault in found.faults) == ["between-people", "no-record"]
    assert "Paper" in next(fault.message for fault in found.faults if fault.code == "no-record")
    assert found.ignored == (("edges of nodes that were left out", 1),)


def test_relations_and_parts_of_organizations(tmp_path: Path):
    columns = '<attributes class="edge"><attribute id="u" title="amount_usd" type="double"/></attributes>'
    edges = (
        '<edge source="a" target="b" kind="invested in" start="2023-01-23"><attvalues><attvalue for="u" value="1e10"/>'
    )
    edges += '</attvalues></edge><edge source="b" target="a" kind="unit of"/><edge source="a" target="b" kind="likes"/>'
    found = read(tmp_path, gexf(typed("a|Alpha|company b|Beta|lab", edges, columns)))
    [relation] = rows(found.dataset, "relations")
    assert (relation["from_id"], relation["to_id"], relation["kind"]) == ("alpha", "beta", "investment")
    assert (relation["announced"], relation["amount_usd"]) == ("2023-01-23", 1e10)
    assert (found.dataset.row("organizations", "beta") or {})["parent_id"] == "alpha"
    assert [(r["field"], r["value"]) for r in rows(found.dataset, "claims")] == [("likes", None)]


def test_what_lies_in_what_is_a_parent_or_a_stint_and_circles_are_broken(tmp_path: Path):
    body = typed("a|Alpha|company b|Beta|lab p|Ada|person").replace('id="b"', 'id="b" pid="a"')
    body = body.replace('id="p"', 'id="p" pid="b"')
    found = read(tmp_path, gexf(body))
    assert (found.dataset.row("organizations", "beta") or {})["parent_id"] == "alpha"
    assert [r["organization_id"] for r in rows(found.dataset, "stints")] == ["beta"]
    circle = read(tmp_path, gexf(body.replace('<node id="a"', '<node id="a" pid="b"')))
    assert [fault.code for fault in circle.faults] == ["circle"]
    assert errors(circle.checked) == []


def test_numbers_are_years_only_if_all_may_be(tmp_path: Path):
    years = talent('<edge source="p" target="o" start="2005.0" end="2010"/>')
    assert [(r["start"], r["end"]) for r in rows(read(tmp_path, years).dataset, "stints")] == [("2005", "2010")]
    steps = read(tmp_path, years.replace("2010", "190"))
    assert [(r["start"], r["end"]) for r in rows(steps.dataset, "stints")] == [(None, None)]
    assert ("times that count from a moment the file does not name", 1) in steps.ignored


def test_dynamic_weights_are_a_claim_for_each_spell():
    found = registry.reading(SAMPLES / "dynamics_edgeweight.gexf")
    first = [r["text"] for r in rows(found.dataset, "claims") if r["about"] == ["flow:gephi>network"]]
    assert first == ["Gephi → Network: moves, 1, from 2009-03-01", "Gephi → Network: moves, 3, from 2011-03-01"]


def test_options_and_defaults_of_attributes(tmp_path: Path):
    columns = """<attributes class="node" mode="static"><attribute id="t" title="type" type="string">
        <default>company</default><options>company|lab</options></attribute></attributes>"""
    nodes = '<nodes><node id="a"/><node id="b"><attvalues><attvalue for="t" value="lab"/></attvalues></node>'
    nodes += '<node id="c"><attvalues><attvalue for="t" value="firm"/></attvalues></node></nodes>'
    found = read(tmp_path, gexf(columns + nodes))
    assert {r["id"]: r["kind"] for r in rows(found.dataset, "organizations")} == {
        "a": "company",
        "b": "lab",
        "c": "company",
    }
    assert [(fault.code, fault.row) for fault in found.faults] == [("unknown-word", 3)]


@pytest.mark.parametrize(
    ("name", "n_organizations", "n_claims", "codes"),
    [
        ("data.gexf", 4, 5, ["no-types"]),
        ("dynamics.gexf", 4, 5, ["no-types"]),
        ("dynamics_openintervals.gexf", 2, 1, ["no-types"]),
        ("hierarchy2.gexf", 7, 4, ["no-types"]),
        ("phylogeny.gexf", 3, 0, ["no-types"]),
        ("viz.gexf", 1, 0, ["no-types"]),
        ("mixed.gexf", 3, 3, ["names-nobody", "no-types"]),
        ("missing_nodes.gexf", 2, 1, ["dangling", "dangling", "dangling", "no-types"]),
        ("undeclared_attribute.gexf", 2, 1, ["names-nobody", "no-types", "undeclared", "undeclared"]),
        ("v1_3_writer.gexf", 2, 1, ["no-types"]),
        ("attributes.graphml", 6, 7, ["no-types"]),
        ("mixed_multigraph.graphml", 6, 8, ["names-nobody", "no-types"]),
    ],
)
def test_samples_of_the_formats(name: str, n_organizations: int, n_claims: int, codes: list[str], tmp_path: Path):
    found = registry.reading(SAMPLES / name)
    assert (found.dataset["organizations"].height, found.dataset["claims"].height) == (n_organizations, n_claims)
    assert sorted(fault.code for fault in found.faults) == codes
    assert errors(found.checked) == []
    registry.write(found.dataset, tmp_path / "d.json")
    assert same(registry.read(tmp_path / "d.json"), found.dataset)


def test_nested_nodes_of_a_sample_are_units():
    dataset = registry.read(SAMPLES / "hierarchy2.gexf")
    parents = {r["name"]: (dataset.row("organizations", r["parent_id"] or "") or {}).get("name")
               for r in rows(dataset, "organizations")}  # fmt: skip
    assert parents == {"Kevin Bacon": None, "God": "Kevin Bacon", "Me": "Kevin Bacon", "human1": "God", "human2": "God",
                       "frog1": "Me", "frog2": "Me"}  # fmt: skip


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d0" yfiles.type="nodegraphics"/><key for="node" id="d1" attr.name="type" attr.type="string">
<default>company</default></key><key for="edge" id="d2" attr.name="start" attr.type="string"/>
<key for="edge" id="d3" attr.name="kind" attr.type="string"/>
<graph id="G" edgedefault="directed">
<node id="n0"><data key="d0"><y:ShapeNode><y:NodeLabel x="1"> Alpha
 Works <y:LabelModel/></y:NodeLabel></y:ShapeNode></data><port name="North"/>
 <graph id="n0:" edgedefault="undirected"><node id="n0::n1"><data key="d0"><y:NodeLabel>Beta</y:NodeLabel></data>
 <data key="d1">lab</data></node></graph></node>
<node id="n2"><data key="d0"><y:NodeLabel>Ada Made-Up</y:NodeLabel></data><data key="d1">person</data></node>
<edge id="e0" source="n2" target="n0::n1" sourceport="North"><data key="d2">2020-02</data>
<data key="d3">works at</data></edge>
<hyperedge><endpoint node="n0"/><endpoint node="n2"/><endpoint node="n0::n1"/></hyperedge>
</graph></graphml>"""


def test_graphml_as_yed_writes_it(tmp_path: Path):
    found = read(tmp_path, GRAPHML, "g.graphml")
    names = {r["id"]: (r["name"], r["kind"], r["parent_id"]) for r in rows(found.dataset, "organizations")}
    assert names == {"alpha-works": ("Alpha Works", "company", None), "beta": ("Beta", "lab", "alpha-works")}
    [stint] = rows(found.dataset, "stints")
    assert (stint["person_id"], stint["organization_id"], stint["start"]) == ("person-ada-made-up", "beta", "2020-02")
    [fault] = found.faults
    assert (fault.code, fault.field) == ("hyperedge", "hyperedge")
    assert dict(found.ignored)["port"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE gexf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gexf><node id="&b;"/></gexf>', "entities"),
        ('<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/hostname">]><gexf><graph><nodes/></graph></gexf>', "entities"),
        ("<gexf><graph><nodes><node id='a'/>", "syntax"),
        ("<gexf><graph/></gexf>", "no-tables"),
        ("<graphml>" + "<graph><node id='a'>" * 200, "syntax"),
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused_in_one_sentence(tmp_path: Path, text: str, code: str):
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    assert caught.value.fault.code == code
    assert caught.value.fault.file == str(tmp_path / "g.gexf")


_DAYS = st.dates().map(str) | st.dates().map(lambda day: day.isoformat()[:7]) | st.integers(1000, 2999).map(str)


@given(_DAYS, _DAYS)
def test_the_date_of_a_spell_holds_all_of_it(start: str, end: str):
    within = Times(Graph()).within(Spell(start, end))
    first, last = dates.parse(start), dates.parse(end)
    if within and first.earliest <= last.earliest:
        span = dates.parse(within)
        assert span.earliest <= first.earliest
        assert last.earliest <= span.latest


def test_lists_are_read_in_every_spelling():
    for text in ("a |b | c", "a ,b , c", "[a, b, c]", "['a', 'b', 'c']", '["a", "b", "c"]', "a;b;c"):
        assert listed(text) == ["a", "b", "c"]
