"""The bundled dataset: no errors, and every warning is one that is known, by name."""

from __future__ import annotations

from app.domain.checks import check
from app.files.registry import read
from app.places import bundled_dataset

HELD_AT_ONCE = {
    "st-daniel-gross-60",  # two units of Meta
    "st-igor-babuschkin-60",  # the venture firm beside River AI
    "st-mustafa-suleyman-40",  # Greylock beside Inflection
    "st-mustafa-suleyman-50",
    "st-yann-lecun-20",  # New York University beside Meta, and later beside AMI Labs
    "st-yann-lecun-25",
    "st-yann-lecun-30",
}
DISPUTED = {
    *("best-people", "bonus", "chang-origin", "knight-origin", "kosic-date", "mayer-role", "memo-count"),
    *("mistral-date", "oai-founders", "open-agi", "scale-quality", "scale-stake", "schulman-length", "seed-crossteam"),
    *("song-year", "ssi-year", "subramanya-date", "tbd-exits", "tml-bid", "tml-count", "tworek-dest", "vercept-year"),
    *("yang-date", "yu-origin", "zelikman", "zhao-quit", "zhao-report", "zoph-exit"),
}
UNDATED = {
    *("bai-amodei", "bta-song", "buteau-parmar", "cogb-oai", "cos-pineau", "ie-whoswho", "iqwiki-kolesnikov"),
    *("iqwiki-li", "iqwiki-zhai", "lambham-fedus", "lucasb-home", "mo-ms13", "moth-gross", "newsbytes-schwarzer"),
    *("pg-manus", "pulse24-hire", "sequoia-laskin", "sequoia-reflection", "tis-vaswani", "twiml-szegedy", "vf-xai"),
    *("wiki-clark", "wired-oai"),
}


def test_the_bundled_dataset_has_no_errors_and_only_known_warnings():
    faults = check(read(bundled_dataset()))
    assert [fault.text for fault in faults if fault.severity == "error"] == []
    named: dict[tuple[str, str], set[str]] = {}
    for fault in faults:
        named.setdefault((fault.code, fault.table), set()).add(fault.id)
    assert named == {
        ("overlap", "stints"): HELD_AT_ONCE,
        ("disputed", "claims"): {f"c-{name}" for name in DISPUTED},
        ("undated-source", "sources"): UNDATED,
    }
