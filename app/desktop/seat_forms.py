"""Which form asks for what: for a mark that was dropped, and for each entry in the menu of a mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

from app.analysis.adding import Party
from app.analysis.seating import Answering, Closing, Filling, Joining, Opening, Stating, Vacating, Wish
from app.desktop.dialogs.seat import Answers, Asked
from app.desktop.pickers import Picker
from app.domain.dataset import Row
from app.pictures import reach
from app.pictures.drop_board import OPEN
from app.pictures.drop_targets import Drop, Targets
from app.pictures.gathered import Gathered
from app.pictures.seat_now import person_at, seat_now

Entry = tuple[str, Asked]
"""Words of a menu, and what is asked."""
Kind = Literal["solid", "dotted"]
KINDS = (("solid", "By a solid line"), ("dotted", "By a dotted line"))


@dataclass(frozen=True, eq=False)
class SeatForms:
    """Forms about the records that a picture knows, as of its day."""

    gathered: Gathered

    def dropped(self, targets: Targets, drop: Drop) -> Asked:
        """What is asked when a mark was dropped on another one."""
        person = person_at(self.gathered, targets.key)
        if drop.deed == "join":
            joining = Joining(Party(person), Party(drop.key.partition(":")[2]), left=targets.within)
            return Asked(drop.words, "&Join", lambda _: joining)
        answering = Answering(targets.key, drop.key, "solid", targets.within, drop.within)
        if drop.deed == "report":
            return Asked(drop.words, "&Report", partial(_answering, answering), choices=KINDS)
        if drop.key.startswith(OPEN):
            filled = partial(_filling_new, drop.within, Party(person))
            return Asked(drop.words, "&Fill the seat", filled, lines={"title": "&Title"})
        seat = drop.key.partition(":")[2]
        filling = Filling(seat, Party(person))
        if not drop.also:
            return Asked(drop.words, "&Fill the seat", lambda _: filling)
        either = (("fill", "Takes the seat"), ("report", "Reports to it"))
        return Asked(
            f"{targets.name} and {self._title(seat)}", "&Do it",
            lambda answers: answering if answers.choice == "report" else filling, choices=either,
        )  # fmt: skip

    def of_open(self, team: str) -> list[Entry]:
        """What the menu of a place offers that a team (id) wants and no record names."""

        def wish(answers: Answers) -> Wish:
            return _filling_new(team, answers.parties["person"], answers)

        pickers, lines = {"person": ("&Person", self._person)}, {"title": "&Title"}
        fill = Asked("Fill an open seat", "&Fill the seat", wish, pickers, lines)
        return [("F&ill with …", fill), ("Add a &seat …", self._add(team))]

    def entries(self, key: str) -> list[Entry]:
        """What the menu of a mark offers."""
        table, _, row_id = key.partition(":")
        if table == "organizations":
            return [("Add a &seat …", self._add(row_id))]
        if table == "seats":
            row = self.gathered.dataset.row("seats", row_id)
            return self._of_seat(key, row) if row is not None else []
        person = reach.person_of(self.gathered, key)
        return [self._move(person), self._report(f"people:{person}")] if person else []

    def _of_seat(self, key: str, seat: Row) -> list[Entry]:
        """What can be done with a seat, by what it is on the day."""
        seat_id, now = str(seat["id"]), seat_now(self.gathered, str(seat["id"]))
        title = self._title(seat_id)
        vacate = ("Vac&ate …", self._vacate(seat_id, title))
        if now.person:
            return [self._report(key), self._move(now.person), vacate]
        stated = partial(self._stated, seat_id, title)
        if now.state == "closed":
            return [("Open a&gain …", stated("Open", "open", dated=True))]
        found = [("F&ill with …", self._fill(seat_id, title)), ("O&ffer …", self._offer(seat_id, title))]
        if now.state != "on hold":
            found.append(("Put on &hold …", stated("Put on hold:", "on-hold", dated=False)))
        if seat["state"] != "open":
            found.append(("&Open …", stated("Open", "open", dated=True)))
        close = Asked(f"Close {title}", "&Close the seat", lambda _: Closing(seat_id))
        return [*found, self._report(key), ("Clos&e …", close)]

    def _add(self, organization: str) -> Asked:
        name = reach.named(self.gathered, f"organizations:{organization}")

        def wish(answers: Answers) -> Wish:
            return Opening(organization, answers.texts["title"])

        return Asked(f"Add a seat to {name}", "&Add the seat", wish, lines={"title": "&Title"})

    def _fill(self, seat: str, title: str) -> Asked:
        def wish(answers: Answers) -> Wish:
            return Filling(seat, answers.parties["person"], answers.texts["role"])

        lines = {"role": "R&ole"}
        return Asked(f"Fill {title}", "&Fill the seat", wish, {"person": ("&Person", self._person)}, lines)

    def _offer(self, seat: str, title: str) -> Asked:
        def wish(answers: Answers) -> Wish:
            return Stating(seat, "offered", answers.parties["person"])

        return Asked(f"Offer {title}", "&Offer the seat", wish, {"person": ("&To", partial(self._person, blank=True))})

    def _stated(self, seat: str, title: str, verb: str, state: Literal["open", "on-hold"], *, dated: bool) -> Asked:
        action = "&Put on hold" if state == "on-hold" else "&Open the seat"
        return Asked(f"{verb} {title}", action, lambda _: Stating(seat, state), dated=dated)

    def _vacate(self, seat: str, title: str) -> Asked:
        ways = (("leaves", "They leave"), ("stays", "They stay, without the seat"))

        def wish(answers: Answers) -> Wish:
            return Vacating(seat, answers.choice == "stays")

        return Asked(f"Vacate {title}", "&Vacate the seat", wish, choices=ways)

    def _move(self, person: str) -> Entry:
        """Where somebody goes."""
        name = reach.named(self.gathered, f"people:{person}")

        def wish(answers: Answers) -> Wish:
            return Joining(Party(person), answers.parties["joined"], answers.texts["role"])

        pickers = {"joined": ("&To", partial(self._picker, "organizations", "organization"))}
        return "Mo&ve to …", Asked(f"{name} moves", "&Move", wish, pickers, {"role": "R&ole"})

    def _report(self, key: str) -> Entry:
        """Whom a seat or a person answers to."""

        def wish(answers: Answers) -> Wish:
            to = answers.parties["to"].id
            table = "seats" if self.gathered.dataset.position("seats", to) is not None else "people"
            return _answering(Answering(key, f"{table}:{to}" if to else ""), answers)

        name = reach.named(self.gathered, key) if not key.startswith("seats:") else self._whose(key)
        pickers = {"to": ("&To", self._seat_or_person)}
        return "Report &to …", Asked(f"{name} reports to …", "&Report", wish, pickers, choices=KINDS)

    def _whose(self, key: str) -> str:
        person = person_at(self.gathered, key)
        return reach.named(self.gathered, f"people:{person}") if person else self._title(key.partition(":")[2])

    def _person(self, *, blank: bool = False) -> Picker:
        picker = self._picker("people", "person")
        if blank:
            picker.setPlaceholderText("May stay blank")
        return picker

    def _seat_or_person(self) -> Picker:
        picker = Picker("seats", "seat", can_add=False, also=("people",))
        picker.work_on(self.gathered.dataset)
        return picker

    def _picker(self, table: str, noun: str) -> Picker:
        picker = Picker(table, noun)
        picker.work_on(self.gathered.dataset)
        return picker

    def _title(self, seat: str) -> str:
        """What a seat is called, whoever holds it."""
        row = self.gathered.dataset.row("seats", seat)
        return str((row or {}).get("title") or seat or "an open seat")


def _filling_new(team: str, person: Party, answers: Answers) -> Filling:
    """A person takes a seat that is added for them."""
    return Filling("", person, organization=team, title=answers.texts["title"])


def _answering(wish: Answering, answers: Answers) -> Answering:
    """The same by the kind of line that is chosen."""
    return Answering(wish.who, wish.to, cast(Kind, answers.choice or "solid"), wish.who_in, wish.to_in)
