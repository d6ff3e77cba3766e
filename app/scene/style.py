"""What a mark means, for a palette to turn into pens and brushes.

A style is a role out of a closed list, the organization whose colour it wears (or blank), and the evidence behind it.
It never holds a colour: the same Scene is painted light and dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The part a mark plays in a picture. Closed: a palette must know every one (a test walks the list)."""

    # grounds and rules
    GROUND = "ground"  # the canvas itself, edge to edge
    PLATE = "plate"  # a plate of ground at 93 % under a callout
    HAIRLINE = "hairline"  # separators, 1 px
    GRID = "grid"  # grid and axis lines, 1 px
    SHEET = "sheet"  # where a sheet is cut; middle: its corners; large: in an overview; small, strong: in a key map
    # text
    TITLE = "title"  # picture title
    SCOPE = "scope"  # the line under the title
    CONTEXT = "context"  # as of, known by, filter
    LEFT_OUT = "left-out"  # what the picture does not show, and why
    SECTION = "section"  # small caps head of a strip
    CAPTION = "caption"  # secondary text, axes, sources
    LEGEND = "legend"  # words of the legend
    CALLOUT_HEAD = "callout-head"
    CALLOUT_TEXT = "callout-text"
    NOTE = "note"  # the plate of what an analyst has written
    NOTE_LINE = "note-line"  # from it to what it is about; small: the point there
    MARKER = "marker"  # as by a marker pen round what an analyst has highlighted; strong: its outline, below it
    NODE_NAME = "node-name"  # organization names, with halo
    NODE_NUMBER = "node-number"  # totals inside or under a node (the figures)
    NODE_WORD = "node-word"  # "in", "out"
    FLOW_COUNT = "flow-count"  # the figure beside a flow, in organization colour with ink
    STUB_COUNT = "stub-count"
    RELATION_TEXT = "relation-text"  # "$13B" on a relation
    # flows
    HALO = "halo"  # ground-coloured halo under a flow
    LANE = "lane"  # one lane of a flow; fill strength by status and certainty
    LANE_PALE = "lane-pale"  # the whole span's width while time plays
    HEAD = "head"  # arrow head, full colour
    HEAD_PALE = "head-pale"
    STUB_IN = "stub-in"  # short arrow from organizations that are not drawn
    STUB_OUT = "stub-out"
    RELATION = "relation"  # outer line of the double hairline
    RELATION_CORE = "relation-core"  # ground-coloured core of it
    # bands between blocks in columns
    BAND = "band"  # people on a band; strength by status, unsure where they may be there
    BAND_PALE = "band-pale"  # the whole of it while time plays; people of whom nothing is on record
    BAND_COUNT = "band-count"  # the figure on a band
    # nodes
    NODE = "node"  # disc, 14 % of the colour (20 % dark)
    RING = "ring"  # ring, 26 % of the colour
    RING_IN = "ring-in"  # the arc that is the share that came in, full colour
    # people
    PERSON = "person"  # one dot, one person
    TAIL = "tail"  # the short trace behind a moving dot
    # seats
    AVATAR = "avatar"  # disc with a ring, in the colour of where a person came from; hollow where they have left
    SEATED = "seated"  # the same person as a plain dot
    INITIALS = "initials"
    SEAT_NAME = "seat-name"
    SEAT_OPEN = "seat-open"  # ring of a place that nobody holds; small: planned
    CARD = "card"  # a seat with its words; pale where its last holder has left, an outline where it is open
    REPORT = "report"  # a line from a seat to the one it answers to; dashed where disputed; small: a dotted line
    GROUP = "group"  # sunken ground of seats that stand together; small: of a group within a group
    FOLD = "fold"  # what folds away the boxes below one, or says how many people are folded away
    WARNING = "warning"  # words of what is lost or missing
    MARK = "mark"  # the sign of a status
    MARK_INK = "mark-ink"  # what is drawn within it
    # curve of people over time
    AREA = "area"  # people from one organization
    SURE = "sure"  # how many there are for certain
    MAYBE = "maybe"  # how many there may be
    HATCH = "hatch"  # between the two
    TARGET = "target"
    # careers and events over time
    STINT = "stint"  # a bar of one stint, by status; small: of another organization than the one in focus
    STINT_SOFT = "stint-soft"  # one of the steps, each over the ones before it, over which a bar fades in or out
    STINT_LATE = "stint-late"  # what of a bar lies after the day it was last seen
    STINT_STUDY = "stint-study"  # a bar of a study
    STINT_NAME = "stint-name"  # the organization, on its bar
    OFFER = "offer"  # the ring of an offer
    JOIN = "join"  # the line of a move from bar to bar; small: the gap between two that touch
    BRACKET = "bracket"  # from the earliest to the latest day that a date may be
    EVENT = "event"  # the mark of one event
    EVENT_SPAN = "event-span"  # the days on which an event may have been
    LEADER = "leader"  # from an event to its name
    TALLY = "tally"  # a bar of moves that are too many for a mark each, by status
    VEIL = "veil"  # ground over the days to come
    # histogram
    BAR = "bar"  # in the colour of the organization
    BAR_OTHER = "bar-other"
    BAR_PALE = "bar-pale"  # known only to the year, spread
    CLOCK = "clock"  # the clock line, accent
    CLOCK_TEXT = "clock-text"
    # a legend's neutral specimens
    SPECIMEN = "specimen"  # grey shape that shows a scale
    SPECIMEN_PALE = "specimen-pale"


class Status(StrEnum):
    """How sure the evidence is, weak to strong. Blank where no evidence is meant."""

    NONE = ""
    DENIED = "denied"
    RUMORED = "rumored"
    DISPUTED = "disputed"
    REPORTED = "reported"
    CONFIRMED = "confirmed"


class Emphasis(StrEnum):
    """Weight within a picture that belongs to the picture itself (hover and selection are not here)."""

    NORMAL = ""
    SMALL = "small"  # small names, flows of one
    MIDDLE = "middle"
    LARGE = "large"
    STRONG = "strong"  # the figure of a pair of number and word
    QUIET = "quiet"  # out of the picture's focus: 8 to 13 % for flows, 28 % for nodes and names


class Certainty(StrEnum):
    """Whether the day is known within a month."""

    SURE = ""
    UNSURE = "unsure"  # hollow dot, hatch, bracket
    WAITING = "waiting"  # between two posts: a dot with a second thin ring


@dataclass(frozen=True, slots=True)
class Style:
    """Meaning of a mark: role, organization id (or blank), status, emphasis, certainty."""

    role: Role
    organization: str = ""
    status: Status = Status.NONE
    emphasis: Emphasis = Emphasis.NORMAL
    certainty: Certainty = Certainty.SURE
