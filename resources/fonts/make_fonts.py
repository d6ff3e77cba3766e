"""Make the bundled font, its subsets for SVG and its table of widths from a released Inter variable font.

    python resources/fonts/make_fonts.py InterVariable.woff2

Needs fontTools and brotli; the program itself needs neither. Writes, beside this file:

- `inter.ttf`: one axis (`wght`; `opsz` pinned at 14), the features kern, ccmp, mark, mkmk and locl. The ten digits
  are the tabular ones by themselves, no feature needed: so every reader lines figures up, and text copied out of a
  PDF keeps its digits (glyphs that only a feature reaches have no character there). Upstream `tnum` also widens
  spaces, hyphens and full stops, which tears prose apart; those stay. `calt` is left out so that the look and the
  width of a text never depend on its neighbours. The family is renamed, so that an installed Inter of another
  version can never stand in for it.
- `inter-latin.woff2`: the same, Latin with extensions, punctuation, currency, arrows, in the weights that pictures
  use: what an SVG carries along.
- `inter-western.woff2`, `inter-basic.woff2`: the same with the letters of Western Europe, and of English alone, for a
  picture that has no others.
- `inter-widths.npz`: advances and kerning at the points between which the weight axis is linear (read by
  `app.render.widths`), so that texts are measured without Qt and alike on every machine; and the characters of
  these two.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Inter Talentflow"
FEATURES = ["kern", "ccmp", "mark", "mkmk", "locl"]
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LATIN = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x18F, 0x192, *range(0x1CD, 0x1DD), *range(0x1E6, 0x1EC),
    *range(0x1F8, 0x220), 0x259, *range(0x2B9, 0x2BD), 0x2C6, 0x2C7, *range(0x2D8, 0x2DE), *range(0x300, 0x30D),
    *range(0x323, 0x329), *range(0x1E80, 0x1E86), 0x1E9E, *range(0x1EA0, 0x1EFA), *range(0x2007, 0x2016),
    *range(0x2018, 0x2023), 0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x20A9, 0x20B9,
    0x2116, 0x2122, *range(0x2190, 0x219A), 0x2212, 0x2215, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CB, 0x25CF,
]  # fmt: skip
BASIC = [
    *range(0x20, 0x7F), 0xA0, 0xB7, 0xD7, *range(0x2007, 0x2016), *range(0x2018, 0x2023), 0x2026,
    *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265, 0x25CB, 0x25CF,
]  # fmt: skip
WESTERN = sorted({*BASIC, *range(0xA0, 0x100)})
KERNED = [*LATIN, *range(0x370, 0x400), *range(0x400, 0x460)]
WEIGHTS = (100, 400, 500, 600, 700, 800, 900)  # the nodes of the axis map: advances are linear in between
USED = (400, 700)  # the weights of texts in pictures and on pages


def one_axis(source: Path) -> TTFont:
    """Inter with the weight axis only, tabular digits, its own family name."""
    font = instancer.instantiateVariableFont(TTFont(source), {"opsz": 14})
    tabular = {code: f"{name}.tf" for code, name in enumerate(DIGITS, start=0x30)}
    for table in font["cmap"].tables:
        table.cmap.update({c: g for c, g in tabular.items() if c in table.cmap})
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (16, 17, 21, 22):
            names.removeNames(nameID=record.nameID)
    stem = FAMILY.replace(" ", "")
    for number, text in ((1, FAMILY), (2, "Regular"), (4, FAMILY), (6, stem + "-Regular"), (25, stem)):
        names.setName(text, number, 3, 1, 0x409)
    return font


def reduced(font: TTFont, codes: list[int]) -> TTFont:
    """The font with these characters and the features that pictures use."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["STAT", "DSIG", "MVAR"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    return font


def carried(path: Path, codes: list[int], target: Path) -> None:
    """Write what an SVG carries along: these characters of the font at a path, from the lightest to the heaviest weight
    that a picture uses."""
    font = instancer.instantiateVariableFont(reduced(TTFont(path), codes), {"wght": USED})
    font.flavor = "woff2"
    font.save(target)


def pair_kerning(font: TTFont, glyphs: list[str]) -> np.ndarray:
    """Kerning of every pair of glyphs in a static font: (n, n) int16, by the rules of GPOS lookup type 2."""
    table = font["GPOS"].table
    lookups = sorted({i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "kern"
                      for i in r.Feature.LookupListIndex})  # fmt: skip
    n = len(glyphs)
    number = {glyph: i for i, glyph in enumerate(glyphs)}
    total = np.zeros((n, n), dtype=np.int16)
    for index in lookups:
        value = np.zeros((n, n), dtype=np.int16)
        settled = np.zeros((n, n), dtype=bool)
        for part in table.LookupList.Lookup[index].SubTable:
            pos = getattr(part, "ExtSubTable", part)
            if pos.LookupType != 2:
                continue
            rows = [(i, g) for i, g in enumerate(pos.Coverage.glyphs) if g in number]
            if pos.Format == 1:
                for i, left in rows:
                    for record in pos.PairSet[i].PairValueRecord:
                        right = number.get(record.SecondGlyph)
                        if right is not None and not settled[number[left], right]:
                            settled[number[left], right] = True
                            value[number[left], right] = getattr(record.Value1, "XAdvance", 0) or 0
            else:
                second = np.array([pos.ClassDef2.classDefs.get(g, 0) for g in glyphs])
                for _, left in rows:
                    record = pos.Class1Record[pos.ClassDef1.classDefs.get(left, 0)]
                    advance = np.array([getattr(c.Value1, "XAdvance", 0) or 0 for c in record.Class2Record])
                    fresh = ~settled[number[left]]
                    value[number[left], fresh] = advance[second][fresh]
                    settled[number[left]] = True
        total += value
    return total


def widths(path: Path, codes: list[int]) -> dict[str, np.ndarray]:
    """Advances (7, m), kerning classes and (7, left, right) kerning of the font at its weight nodes, in font units."""
    cmap = TTFont(path).getBestCmap()
    codes = sorted(c for c in codes if c in cmap)
    kerned = [i for i, c in enumerate(codes) if c in set(KERNED)]
    advances, kerning = [], []
    for weight in WEIGHTS:
        font = instancer.instantiateVariableFont(TTFont(path), {"wght": weight})
        glyphs = [font.getBestCmap()[c] for c in codes]
        advances.append([font["hmtx"].metrics[g][0] for g in glyphs])
        kerning.append(pair_kerning(font, [glyphs[i] for i in kerned]))
    cube = np.stack(kerning)  # (7, k, k)
    rows, left = np.unique(cube.transpose(1, 0, 2).reshape(len(kerned), -1), axis=0, return_inverse=True)
    cube = rows.reshape(len(rows), len(WEIGHTS), len(kerned)).transpose(1, 0, 2)
    columns, right = np.unique(cube.transpose(2, 0, 1).reshape(len(kerned), -1), axis=0, return_inverse=True)
    cube = columns.reshape(len(columns), len(WEIGHTS), len(rows)).transpose(1, 2, 0)
    none_left, none_right = cube.shape[1], cube.shape[2]  # a last class of each side that kerns with nothing
    cube = np.pad(cube, ((0, 0), (0, 1), (0, 1)))
    lefts = np.full(len(codes), none_left, dtype=np.uint16)
    rights = np.full(len(codes), none_right, dtype=np.uint16)
    lefts[kerned], rights[kerned] = left.ravel(), right.ravel()
    return {
        "units": np.array(TTFont(path)["head"].unitsPerEm),
        "weights": np.array(WEIGHTS, dtype=np.float64),
        "codes": np.array(codes, dtype=np.uint32),
        "advances": np.array(advances, dtype=np.uint16),
        "left": lefts,
        "right": rights,
        "kerning": cube.astype(np.int16),
    }


def main(source: Path) -> None:
    """Write the five files beside this one."""
    here = Path(__file__).parent
    whole = one_axis(source)
    codes = sorted(whole.getBestCmap())
    buffer = BytesIO()
    whole.flavor = None
    whole.save(buffer)
    whole = reduced(TTFont(buffer), codes)
    whole.save(here / "inter.ttf")
    for name, letters in (("latin", LATIN), ("western", WESTERN), ("basic", BASIC)):
        carried(here / "inter.ttf", letters, here / f"inter-{name}.woff2")
    subsets = {
        name: np.array(sorted(set(letters) & set(codes)), dtype=np.uint32)
        for name, letters in (("western", WESTERN), ("basic", BASIC))
    }
    np.savez_compressed(here / "inter-widths.npz", **widths(here / "inter.ttf", codes), **subsets)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
