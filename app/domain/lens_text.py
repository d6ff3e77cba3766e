"""The grammar of lenses, and what is wrong with a text that is none.

`and` binds closer than `or`; between two conditions `and` need not be written; `not` and `-` turn one round. lark reads
the grammar, its words are taken apart here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from typing import NoReturn

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from app.domain import dates
from app.domain.lens import COMPARISONS, FIELDS, RANGE, AllOf, AnyOf, Condition, Lens, LensError, Not, Term

_GRAMMAR = r"""
    start: any
    any: all (OR all)*
    all: not (AND? not)*
    ?not: (NOT | MINUS) not -> opposite
        | OPEN any CLOSE -> group
        | WORD -> term
    OR.3: /or(?=[\s()]|$)/i
    AND.3: /and(?=[\s()]|$)/i
    NOT.3: /not(?=[\s()]|$)/i
    MINUS.2: /-(?=\S)/
    OPEN: "("
    CLOSE: ")"
    WORD: /(?:[^\s()"]|"(?:[^"\\]|\\.)*")+/s
    %ignore /\s+/
"""
_COMPARED = re.compile(r"[:=]|<=|>=|<|>")
_PARTS = re.compile(r'"((?:[^"\\]|\\.)*)"|([^"]+)', re.DOTALL)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic")


def read(text: str) -> Lens:
    """A text that is not blank → Lens. LensError for one that is none."""
    try:
        tree = _parser().parse(text)
    except UnexpectedCharacters as error:
        _refuse(text, error.pos_in_stream)  # type: ignore[arg-type]  # declared as None, but set
    except UnexpectedEOF:
        _refuse_end(text)
    except UnexpectedToken as error:
        if error.token.type == "$END":
            _refuse_end(text)
        _refuse_token(text, error.token)
    found = _condition(tree.children[0])
    return Lens(found.parts if isinstance(found, AllOf) else (found,))


def _condition(node: Tree[Token] | Token) -> Condition:
    """The value of a node of the grammar, without needless brackets."""
    assert isinstance(node, Tree)
    inner = [child for child in node.children if isinstance(child, Tree)]
    match node.data:
        case "term":
            (word,) = node.children
            assert isinstance(word, Token)
            return _term(str(word), word.start_pos or 0)
        case "opposite":
            return Not(_condition(inner[0]))
        case "group":
            return _condition(inner[0])
        case "all":
            parts = list(_flat(map(_condition, inner), AllOf))
            return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
        case _:
            parts = list(_flat(map(_condition, inner), AnyOf))
            return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _flat(conditions: Iterable[Condition], sort: type[AllOf] | type[AnyOf]) -> Iterable[Condition]:
    """All of all of some conditions is all of them."""
    for condition in conditions:
        yield from condition.parts if isinstance(condition, sort) else (condition,)


def _term(word: str, start: int) -> Term:
    """`field:value` → Term. LensError for a word that is none."""
    found = _COMPARED.search(word.partition('"')[0])
    field = word[: found.start()].lower() if found else ""
    if not found or not field:
        example = f"write field:value, for example from:OpenAI; fields are {', '.join(FIELDS)}"
        raise LensError(word, "it has no field", example, start)
    if field not in FIELDS:
        near = difflib.get_close_matches(field, FIELDS, n=1)
        hint = f"did you mean {near[0]}:?" if near else f"fields are {', '.join(FIELDS)}"
        raise LensError(word, f"there is no field {field!r}", hint, start)
    sign = ":" if found.group() == "=" else found.group()
    assert sign in COMPARISONS
    value = _plain(word[found.end() :])
    if wrong := _mistake(field, sign, value):
        raise LensError(word, *wrong, start)
    return Term(field, value, sign)


def _plain(quoted: str) -> str:
    """A value without its quotes; what stands outside of them is as it is."""
    parts = (match.groups() for match in _PARTS.finditer(quoted))
    return "".join(
        outside if inner is None else re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL) for inner, outside in parts
    )


def _mistake(field: str, sign: str, value: str) -> tuple[str, str] | None:
    """What is wrong with a value, and what to write instead; None if nothing is."""
    asked = FIELDS[field]
    if not value:
        return "it has no value", f"write {field}: and {asked.meaning}"
    if sign != ":" and (not asked.comparable or field in ("after", "before")):
        return f"{field} knows no {sign}", f"write {field}:{value}"
    if asked.words and value not in asked.words:
        return f"{value!r} is no {field}", f"write one of {', '.join(asked.words)}"
    if not asked.comparable:
        return None
    ends = value.split(RANGE) if RANGE in value and field not in ("after", "before") and sign == ":" else [value]
    if len(ends) > 2 or not any(ends):
        return f"{value!r} is no range", f"write {field}: and two values with {RANGE} between them"
    for end in filter(None, ends):
        if asked.kind == "date" and (end == dates.OPEN or not dates.readable(end)):
            return f"{end!r} is not a date", "write a date as 2025-06-26, 2025-06 or 2025"
        if asked.kind == "number" and not end.isdecimal():
            return f"{end!r} is not a number", f"write a whole number, as {field}>=2"
    return None


def _refuse(text: str, at: int) -> NoReturn:
    """A letter that begins no word: a quote without its end."""
    start = next((n + 1 for n in range(at - 1, -1, -1) if text[n].isspace() or text[n] in "()"), 0)
    raise LensError(text[start:], "the quote is not closed", 'write the value between two " signs', start)


def _refuse_end(text: str) -> NoReturn:
    words = re.findall(r"\S+", text)
    last = words[-1] if words else text
    start = text.rindex(last)
    if text.count("(") > text.count(")") and last.lower() not in ("or", "and", "not", "-"):
        at = text.index("(")
        raise LensError(text[at:], "a bracket is not closed", "write ) where it ends", at)
    raise LensError(last, "something has to follow", "write a condition after it, as from:OpenAI", start)


def _refuse_token(text: str, token: Token) -> NoReturn:
    word, start = str(token), token.start_pos or 0
    if token.type == "CLOSE":
        if text[:start].count("(") > text[:start].count(")"):
            raise LensError(word, "nothing stands between the brackets", "write a condition there", start)
        raise LensError(word, "no bracket is open here", "write ( where it begins", start)
    raise LensError(word, "a condition has to stand before it", "write one, as from:OpenAI or to:Meta", start)
