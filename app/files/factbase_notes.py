"""What the fact base says in prose, as data for its converter: its README, the matter of each claim, kinds of sources.

Only what its files state is here; a claim or person that is not named gets the plain rule of `factbase`.
"""

from __future__ import annotations

from typing import NamedTuple

TEAM = "meta-superintelligence-labs"
"""The organization of the seats in `team_seats.csv`."""

HELD_AT_ONCE = frozenset(
    {
        ("yann-lecun", "nyu"),
        ("david-silver", "ucl"),
        ("joelle-pineau", "mcgill"),
        ("jimmy-ba", "u-toronto"),
        ("daniel-gross", "nfdg"),
        ("daniel-gross", "meta-superintelligence-labs"),
        ("mustafa-suleyman", "greylock"),
        ("igor-babuschkin", "babuschkin-vc"),
    }
)
"""Person and organization of the earlier of two posts that are held at once: its blank end means that it runs on."""

ORDER_NOT_STATED = frozenset(
    {
        ("jack-rae", "openai"),
        ("igor-babuschkin", "openai"),
        ("vahid-kazemi", "google"),
        ("vahid-kazemi", "openai"),
        ("noah-shpak", "x-corp"),
        ("noah-shpak", "character-ai"),
        ("peter-deng", "meta"),
        ("peter-deng", "uber"),
        ("peter-deng", "airtable"),
    }
)
"""Person and organization of the stints whose place among the others no source states."""

COLORS = (
    "meta",
    "openai",
    "google",
    "anthropic",
    "xai",
    "thinking-machines-lab",
    "apple",
    "scale-ai",
    "microsoft",
    "amazon",
    "mistral-ai",
    "safe-superintelligence",
)
"""Organizations with a colour of their own: the first gets role c1, and so on."""


class Target(NamedTuple):
    """A team's wanted size; its sources are those of a claim."""

    organization_id: str
    seats: int
    claim_id: str
    notes: str


TARGETS = (Target(TEAM, 50, "c-size-50", "about"),)


class Succession(NamedTuple):
    """A change of an organization that the notes on organizations state."""

    from_id: str
    to_id: str
    kind: str
    previous_id: str | None
    date: str
    status: str
    source_ids: tuple[str, ...]
    notes: str


SUCCESSIONS = (
    Succession(
        "google-brain",
        "google-deepmind",
        "merger",
        None,
        "2023-04",
        "confirmed",
        ("blick-houlsby", "register-kingma"),
        "Merged into Google DeepMind",
    ),
    Succession(
        "fair",
        "meta-superintelligence-labs",
        "reparented",
        "meta",
        "2025-06",
        "confirmed",
        ("cnbc-memo", "wired-memo"),
        "Meta Superintelligence Labs is the umbrella for foundation, product and FAIR teams",
    ),
    Succession(
        "google-deepmind", "google", "reparented", None, "2014", "confirmed", ("crn-suleyman",), "Bought by Google"
    ),
)


class Matter(NamedTuple):
    """What a claim belongs to: the topic, its stance toward it, and who says it where its text names one."""

    topic: str
    stance: str = "neutral"
    said_by: str | None = None
    field: str | None = None
    value: str | None = None


_BONUS = "Signing bonuses of up to 100 million dollars"
_BEST = "Meta takes the best people of OpenAI"
_TRIO = "The move of the three Zurich researchers to Meta"
_CROSS = "A cross-team of OpenAI and DeepMind"
_SIZE = "A team of about 50"
_MEMO = "Eleven hires in the memo of June 2025"
_COUNT = "How many people went from OpenAI to Meta"
_IN_PERSON = "Zuckerberg recruits in person"
_OPEN = "Meta's open-source aim"
_ARTICLE = "The founding article"

MATTERS = {
    "c-bonus": Matter(_BONUS, "supports", "Sam Altman"),
    "c-bonus-cto": Matter(_BONUS, "contradicts", "Andrew Bosworth"),
    "c-bonus-trio": Matter(_BONUS, "contradicts", "Lucas Beyer"),
    "c-best-people": Matter(_BEST, "contradicts", "Sam Altman"),
    "c-altman-poach": Matter(_BEST, "supports", "Sam Altman"),
    "c-chen-note": Matter(_BEST, "supports", "Mark Chen"),
    "c-trio-move": Matter(_TRIO, "supports", "OpenAI"),
    "c-trio-notmemo": Matter(_TRIO),
    "c-seed-crossteam": Matter(_CROSS, "supports", _ARTICLE),
    "c-zurich-founders": Matter(_CROSS, "contradicts"),
    "c-size-50": Matter(_SIZE, "supports"),
    "c-size-hired50": Matter(_SIZE, "supports"),
    "c-size-msl-3400": Matter(_SIZE, "contradicts", None, "headcount", "3400"),
    "c-size-20": Matter(_SIZE),
    "c-memo-count": Matter(_MEMO),
    "c-openai-11": Matter(_COUNT, "supports"),
    "c-meta-four-2026": Matter(_COUNT),
    "c-recruiting-party": Matter(_IN_PERSON, "supports"),
    "c-declined": Matter(_IN_PERSON),
    "c-open-agi": Matter(_OPEN, "supports", _ARTICLE),
    "c-closed-rivals": Matter(_OPEN, "supports", _ARTICLE),
    "c-muse-closed": Matter(_OPEN, "contradicts"),
    "c-strategy": Matter("A strategy of three prongs", "supports", _ARTICLE),
    "c-products": Matter("Where the model of the team is to serve first", "supports", _ARTICLE),
    "c-alliances": Matter("Alliances of labs and platforms", "supports", _ARTICLE),
    "c-llama-unsatisfied": Matter("Meta is content with Llama", "contradicts", _ARTICLE),
    "c-llama-left": Matter("The authors of Llama have left Meta", "supports"),
    "c-ssi-bid": Matter("A bid of Meta for Safe Superintelligence", "supports"),
    "c-tml-bid": Matter("A bid of Meta for Thinking Machines"),
    "c-scale-stake": Matter("Meta's stake in Scale AI"),
    "c-scale-quality": Matter("The quality of Scale AI's data"),
    "c-mayer-role": Matter("Mayer's place in TBD Lab"),
    "c-zhao-quit": Matter("Zhao's way to chief scientist"),
    "c-zhao-report": Matter("Zhao reports to Wang"),
    "c-chang-origin": Matter("Where Huiwen Chang came from"),
    "c-yu-origin": Matter("Where Jiahui Yu came from"),
    "c-knight-origin": Matter("Where Ethan Knight came from"),
    "c-tbd-exits": Matter("Exits from TBD Lab"),
    "c-friedman-role": Matter("Friedman's rank in the lab"),
    "c-reorg-four": Matter("Four groups of Meta Superintelligence Labs", "supports"),
    "c-layoff-600": Matter("Cuts in Meta's AI units", "supports"),
    "c-tml-count": Matter("How many founders of Thinking Machines went to Meta"),
    "c-zoph-exit": Matter("Zoph's exit from Thinking Machines"),
    "c-tworek-dest": Matter("Where Jerry Tworek went"),
    "c-yang-date": Matter("When Greg Yang left xAI"),
    "c-kosic-date": Matter("When Kyle Kosic returned to OpenAI"),
    "c-xai-all": Matter("All co-founders of xAI have left", "supports"),
    "c-xai-rebuild": Matter("xAI is being rebuilt", "supports", "Elon Musk"),
    "c-oai-founders": Matter("How many founders are still at OpenAI"),
    "c-mistral-date": Matter("When Mistral AI was founded"),
    "c-schulman-length": Matter("How long Schulman was at Anthropic"),
    "c-subramanya-date": Matter("When Subramanya began at Microsoft"),
    "c-ssi-year": Matter("When Safe Superintelligence was founded"),
    "c-vercept-year": Matter("When Vercept was founded"),
    "c-song-year": Matter("When Yang Song moved"),
    "c-zelikman": Matter("Where Eric Zelikman came from"),
    "c-pang-openai": Matter("Pang's move to OpenAI", "supports", "OpenAI"),
    "c-adler-pritzel": Matter("The move of Adler and Pritzel to Anthropic"),
    "c-manus": Matter("Meta's purchase of Manus", "contradicts"),
    "c-lecun-stake": Matter("Meta's tie to AMI Labs"),
}
"""Claim id → matter. Both sides of one matter share its topic."""

SOURCE_KINDS = {
    **dict.fromkeys(
        (
            "aiwiki-szegedy",
            "cos-pineau",
            "indmedia-beyer",
            "indmedia-kolesnikov",
            "iqwiki-kolesnikov",
            "iqwiki-li",
            "iqwiki-zhai",
            "trw-mann",
            "wiki-clark",
        ),
        "profile",
    ),
    **dict.fromkeys(
        (
            "ht-parmar",
            "lucasb-home",
            "moth-gross",
            "plai-luan",
            "sequoia-laskin",
            "turing-antonoglou",
            "twiml-szegedy",
        ),
        "primary",
    ),
    "bi-reorg": "internal-memo",
    **dict.fromkeys(
        (
            "althn-karpathy",
            "bta-song",
            "buteau-parmar",
            "dnd-weil",
            "gw-tworek",
            "impact-8",
            "rob-oai11",
            "vf-xai",
        ),
        "other",
    ),
}
"""Sources that are not press: profiles and wikis, people in their own words, a memo in full, blogs and threads."""
