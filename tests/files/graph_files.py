"""Graph files for the tests, in the words of their formats."""

from __future__ import annotations

from pathlib import Path

from app.domain.dataset import Dataset, Row
from app.files import registry
from app.files.reading import Reading
from tests.files.made import put

SAMPLES = Path(__file__).parents[1] / "data" / "graphs"


def gexf(body: str, head: str = 'defaultedgetype="directed"', namespace: str = "http://gexf.net/1.3") -> str:
    """A GEXF file with a graph of this content."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{namespace}"><graph {head}>{body}</graph></gexf>\n'


def typed(nodes: str, edges: str = "", edge_columns: str = "") -> str:
    """The content of a graph whose nodes say what they are: `key label type` a line."""
    made = "".join(
        f'<node id="{key}" label="{label}"><attvalues><attvalue for="t" value="{sort}"/></attvalues></node>'
        for key, label, sort in (line.split("|") for line in nodes.split())
    )
    columns = '<attributes class="node"><attribute id="t" title="type" type="string"/></attributes>'
    return f"{columns}{edge_columns}<nodes>{made}</nodes><edges>{edges}</edges>"


def read(folder: Path, text: str, name: str = "g.gexf", in_format: str | None = None) -> Reading:
    """What is read of a file with this text."""
    return registry.reading(put(folder / name, text), in_format)


def rows(dataset: Dataset, table: str) -> list[Row]:
    """The rows of a table."""
    return dataset[table].to_dicts()
