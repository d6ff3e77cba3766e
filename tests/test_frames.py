"""Frames are values: outside `app/domain` nothing changes one in place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app"
ALWAYS = {"insert_column", "replace_column", "drop_in_place"}
ON_FRAMES = {"extend", "append", "insert", "scatter", "set", "set_at_idx"}
MAKERS = {"DataFrame", "Series", "concat", "from_dict", "from_dicts", "from_numpy", "from_records", "from_arrow"}
FRAME_ONLY = {"get_column", "get_columns", "with_columns", "with_row_index", "rechunk", "hash_rows", "collect"}
ENDS = {"to_list", "to_numpy", "to_dicts", "to_dict", "item", "row", "rows", "rows_by_key", "iter_rows", "len", "sum",
        "max", "min", "mean", "any", "all", "is_empty", "n_unique", "null_count", "equals"}  # fmt: skip


class Scope(ast.NodeVisitor):
    """One function or module: which of its names hold frames, and where a frame is changed."""

    def __init__(self, known: set[str]) -> None:
        self.known = {"frame", *known}
        self.found: list[tuple[int, str]] = []

    def holds(self, expression: ast.AST | None) -> bool:
        """Whether an expression is a frame or a column, as far as its form tells."""
        match expression:
            case ast.Name(id=name):
                return name in self.known
            case ast.Call(func=ast.Attribute(value=ast.Name(id="pl"), attr=attr)):
                return attr in MAKERS or attr.startswith("read_")
            case ast.Call(func=ast.Attribute(value=base, attr=attr)):
                return attr in FRAME_ONLY or (attr not in ENDS and self.holds(base))
            case ast.Subscript(value=ast.Name(id="dataset") | ast.Attribute(attr="tables")):
                return True
            case ast.Subscript(value=base):
                return self.holds(base)
            case ast.IfExp(body=body, orelse=orelse):
                return self.holds(body) or self.holds(orelse)
            case ast.NamedExpr(value=value):
                return self.holds(value)
        return False

    def learn(self, target: ast.AST, frame: bool) -> None:
        """A name that is given a frame holds one; a frame that is given a new part is changed."""
        match target:
            case ast.Name(id=name) if frame:
                self.known.add(name)
            case ast.Subscript(value=base) if self.holds(base):
                self.found.append((target.lineno, "item assignment"))
            case ast.Attribute(value=base, attr="columns" | "name") if self.holds(base):
                self.found.append((target.lineno, f"assignment to {target.attr}"))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self.learn(target, self.holds(node.value))
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.learn(node.target, declared(node.annotation) or self.holds(node.value))
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.learn(node.target, frame=False)
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.learn(node.target, self.holds(node.value))
        self.generic_visit(node)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.learn(target, frame=False)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Attribute(attr=attr) if attr in ALWAYS:
                self.found.append((node.lineno, attr))
            case ast.Attribute(value=base, attr=attr) if attr in ON_FRAMES and self.holds(base):
                self.found.append((node.lineno, attr))
        asked = [k.value for k in node.keywords if k.arg == "in_place"]
        if any(not isinstance(value, ast.Constant) or value.value for value in asked):
            self.found.append((node.lineno, "in_place"))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        inner = Scope(self.known | {a.arg for a in every if declared(a.annotation)})
        for statement in node.body:
            inner.visit(statement)
        self.found += inner.found


def declared(annotation: ast.AST | None) -> bool:
    """Whether an annotation is that of a frame or a column (not of a list or mapping of them)."""
    match annotation:
        case ast.Attribute(attr="DataFrame" | "Series"):
            return True
        case ast.BinOp(left=left, right=right):
            return declared(left) or declared(right)
        case ast.Constant(value=str(text)):
            return declared(ast.parse(text, mode="eval").body)
    return False


def changes(source: str) -> Iterator[str]:
    """Each change in place as `line: what`."""
    scope = Scope(set())
    scope.visit(ast.parse(source))
    yield from (f"{line}: {what}" for line, what in sorted(scope.found))


@pytest.mark.parametrize(
    "source",
    [
        "frame['x'] = 1",
        "dataset['people']['name'] = names",
        "dataset.tables['people'].extend(more)",
        "def f(a: pl.DataFrame | None): a[0, 'x'] = 1",
        "def f(a: pl.Series): a.append(b)",
        "x = pl.concat([a, b]); x.extend(c)",
        "x = table.get_column('id').unique(); y = x; y[0] = 'a'",
        "def f():\n if (x := pl.read_csv(p)).height: x.columns = ['a']",
        "frame.filter(m).insert_column(0, s)",
        "anything.drop_in_place('x')",
        "s.sort(in_place=True)",
        "del frame['x']",
        "frame['x'] += 1",
    ],
)
def test_a_change_in_place_is_seen(source: str):
    assert len(list(changes(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "rows.extend(frame.to_dicts())",
        "values = frame['x'].to_list(); values.append(1); values[0] = 2",
        "x = frame.height; counts = {}; counts[x] = 1",
        "array = frame['x'].to_numpy().copy(); array[0] = 1",
        "def f(frames: dict[str, pl.DataFrame]): frames['a'] = frame.sort('id')",
        "s.sort(in_place=False)",
        "x = frame.with_columns(a=1)",
    ],
)
def test_what_makes_something_new_is_let_through(source: str):
    assert list(changes(source)) == []


def test_no_frame_is_changed_in_place():
    outside = [path for path in APP.rglob("*.py") if APP / "domain" not in path.parents]
    found = [f"{path.relative_to(APP)}:{change}" for path in outside for change in changes(path.read_text("utf-8"))]
    assert found == []
