"""Every command of the window as data: its words, menu and keys. `actions` makes QActions of them, the palette and the
list of keys read them, `application` says what they do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. menu: where it stands, `View/Theme` for a submenu; group: commands of which one is chosen;
    always: works before a dataset is there; checkable: on or off; icon: of the set, blank for none."""

    id: str
    text: str
    tip: str
    menu: str
    keys: tuple[str, ...] = ()
    group: str = ""
    always: bool = False
    break_before: bool = False
    checkable: bool = False
    icon: str = ""

    @property
    def plain(self) -> str:
        """The words without the mark of the access key and without dots at the end."""
        return self.text.replace("&", "").removesuffix(" …")


C = Command
COMMANDS = (
    C("file.new", "&New", "Begin an empty dataset", "File", ("Ctrl+N",), always=True, icon="file-plus"),
    C("file.new-window", "New &window", "Open a second window", "File", ("Ctrl+Shift+N",), always=True),
    C("file.open", "&Open …", "Open a dataset from a file", "File", ("Ctrl+O",), always=True, icon="folder-open"),
    C("file.open-folder", "Open a &folder …", "Open a dataset from a folder of CSV tables", "File", always=True),
    C("file.open-sample", "Open the &sample", "Open the bundled dataset of AI labs", "File", always=True),
    C("file.reload", "&Reload", "Read the file again as it is on disk now", "File", ("Ctrl+R", "F5")),
    C("file.close", "&Close the file", "Close the file and keep the window", "File", ("Ctrl+W",)),
    C("file.stop", "S&top opening or exporting", "Give up the file under way and keep what is there", "File", ("Esc",)),
    C("file.save", "&Save", "Write the file", "File", ("Ctrl+S",), break_before=True, icon="save"),
    C("file.save-as", "Save &as …", "Write the dataset to another file", "File", ("Ctrl+Shift+S",)),
    C(
        "file.export",
        "&Export the picture …",
        "Write the picture as PNG, SVG or PDF",
        "File",
        ("Ctrl+E",),
        break_before=True,
        icon="image-down",
    ),
    C(
        "file.export-data",
        "Export &data …",
        "Write the data for other programs: workbook, Parquet, graph, linked data, Markdown",
        "File",
    ),
    C("file.print", "&Print …", "Print the picture", "File", ("Ctrl+P",), icon="printer"),
    C("file.quit", "&Quit", "Close all windows", "File", ("Ctrl+Q",), always=True, break_before=True),
    C("edit.undo", "&Undo", "Take back the last change of the dataset", "Edit", ("Ctrl+Z",), icon="undo-2"),
    C("edit.redo", "&Redo", "Do again what was taken back", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo-2"),
    C(
        "edit.record-move",
        "&Record a move …",
        "Enter who went where, and who says so",
        "Edit",
        ("Ctrl+M",),
        break_before=True,
    ),
    C("edit.record", "&Edit the selection …", "Open the form of the selected record", "Edit", ("E",)),
    C(
        "edit.delete",
        "De&lete the selection …",
        "Delete the selected records, and what depends on them",
        "Edit",
        ("Del",),
    ),
    *(
        C(f"edit.add.{table}", f"{text} …", f"Add {words}", "Edit/&Add", keys)
        for table, text, words, keys in (
            ("people", "&Person", "a person", ("Ctrl+Alt+P",)),
            ("organizations", "&Organization", "an organization or a unit of one", ("Ctrl+Alt+O",)),
            ("stints", "S&tint", "a time that a person spent at an organization", ("Ctrl+Alt+T",)),
            ("seats", "&Seat", "a place in an organization", ("Ctrl+Alt+S",)),
            ("reports", "Re&port", "a line from a seat to the seat it answers to", ()),
            ("relations", "&Relation", "an investment, a partnership, an acquisition", ()),
            ("successions", "S&uccession", "a merger, a rename, a spin-off, another parent", ()),
            ("targets", "T&arget", "how many seats an organization wants", ()),
            ("claims", "&Claim", "what somebody says", ()),
            ("sources", "Sourc&e", "a publication", ("Ctrl+Alt+E",)),
        )
    ),
    C(
        "edit.duplicates",
        "Find &duplicates …",
        "Look for people, organizations and sources that are on record twice",
        "Edit",
        ("Ctrl+Alt+D",),
        break_before=True,
    ),
    C(
        "edit.merge-selected",
        "&Merge the selected …",
        "Make one record of the selected people or organizations",
        "Edit",
        ("Ctrl+Shift+M",),
    ),
    C("edit.fix", "Fi&x an issue …", "Ways to mend the issue that is selected, or the first", "Edit", ("Ctrl+.",)),
    C(
        "edit.copy",
        "&Copy the picture",
        "Put the picture on the clipboard",
        "Edit",
        ("Ctrl+Shift+C",),
        break_before=True,
        icon="copy",
    ),
    C("edit.copy-text", "Copy the picture as &text", "Put what the picture says on the clipboard as text", "Edit"),
    C("edit.copy-table", "Copy the &table", "Put the rows of the table on the clipboard", "Edit", ("Ctrl+Alt+C",)),
    C(
        "edit.copy-table-markdown",
        "Copy the table as Mar&kdown",
        "Put the rows of the table on the clipboard as a Markdown table",
        "Edit",
    ),
    C("edit.copy-table-csv", "Copy the table as CS&V", "Put the rows of the table on the clipboard as CSV", "Edit"),
    C(
        "edit.select-all",
        "Select &all organizations",
        "Select every organization of the picture",
        "Edit",
        ("Ctrl+A",),
        break_before=True,
    ),
    C("edit.select-none", "Select &nothing", "Clear the selection", "Edit", ("Ctrl+Shift+A",)),
    C(
        "edit.unpin",
        "Un&pin all organizations",
        "Let the layout place the organizations that were dragged",
        "Edit",
        break_before=True,
    ),
    C("view.zoom-in", "Zoom &in", "Show the picture larger", "View", ("Ctrl++", "Ctrl+="), icon="zoom-in"),
    C("view.zoom-out", "Zoom &out", "Show the picture smaller", "View", ("Ctrl+-",), icon="zoom-out"),
    C("view.fit", "&Fit", "Show the whole picture", "View", ("Ctrl+0", "F"), icon="maximize"),
    C("view.centre", "&Go to the selection", "Zoom to what is selected", "View", ("G",)),
    C(
        "view.picture.flowmap",
        "&Flow map",
        "Who moved between which organizations",
        "View",
        ("Ctrl+1",),
        group="picture",
        break_before=True,
        icon="waypoints",
    ),
    *(
        C(f"view.picture.{name}", text, tip, "View", (f"Ctrl+{key}",), group="picture", icon=sign)
        for name, text, tip, key, sign in (
            ("sankey", "&Sankey", "Whom organizations lost and won, before and after", 4, "shuffle"),
            ("alluvial", "Al&luvial", "Where a cohort was in each period", 5, "split"),
            ("chord", "C&hord", "Who exchanges people with whom, round a circle", 6, "orbit"),
            ("matrix", "&Matrix", "Who exchanges people with whom, in rows and columns", 7, "grid-3x3"),
            ("careers", "Ca&reers", "One line a person", 8, "chart-gantt"),
            ("timeline", "&Events", "Moves, deals, claims and mergers over time", 9, "milestone"),
            (
                "compare",
                "Com&pared",
                "Who left, came or changed between two days, or files",
                "Shift+V",
                "arrow-left-right",
            ),
        )
    ),
    C(
        "view.picture.orgchart",
        "Organization &chart",
        "Who reports to whom in an organization, and its units",
        "View",
        ("Ctrl+2",),
        group="picture",
        icon="network",
    ),
    C(
        "view.picture.buildout",
        "&Build-out",
        "The seats of a team, and how they were filled",
        "View",
        ("Ctrl+3",),
        group="picture",
        icon="armchair",
    ),
    C(
        "view.multiples",
        "Small multi&ples",
        "The picture once for each period, side by side, and back to the moving one",
        "View",
        ("M",),
        checkable=True,
    ),
    C("view.filter", "Fi&lter …", "Type a filter, as from:OpenAI", "View", ("Ctrl+L", "/"), break_before=True),
    C("view.clear-filter", "&Clear the filter", "Show all moves again", "View", ("Ctrl+Shift+L",)),
    C("view.keep", "&Only the selection", "Filter by the selected organization, flow or person", "View", ("O",)),
    C("view.people", "P&eople of the selection", "List who stands behind what is selected", "View", ("P",)),
    C(
        "view.evidence",
        "Says &who?",
        "Show or hide who says so",
        "View",
        ("Ctrl+I",),
        break_before=True,
        checkable=True,
        icon="quote",
    ),
    C("view.tables", "&Tables", "Show or hide the tables", "View", ("Ctrl+T",), checkable=True, icon="table-2"),
    C(
        "view.records",
        "&Records",
        "Show or hide all records of the dataset, to be edited in place",
        "View",
        ("Ctrl+Shift+T",),
        checkable=True,
    ),
    C(
        "view.issues",
        "&Issues",
        "Show or hide what is doubtful in the dataset",
        "View",
        ("Ctrl+Shift+I",),
        checkable=True,
        icon="circle-alert",
    ),
    C("view.history", "&History", "Show or hide the steps of the document", "View", ("Ctrl+Shift+H",), checkable=True),
    C(
        "view.claims",
        "C&laims",
        "Show or hide what is claimed, for and against, and the rulings on it",
        "View",
        ("Ctrl+J",),
        checkable=True,
    ),
    C(
        "view.compare",
        "Compare &two days",
        "Show or hide who joined, left and moved between two days, two days of knowledge, or two files",
        "View",
        ("Ctrl+Alt+V",),
        checkable=True,
    ),
    C("view.changes", "Cha&nges", "Show or hide what differs from the file", "View", ("Ctrl+D",), checkable=True),
    C("view.toolbar", "Tool &bar", "Show or hide the tool bar", "View", checkable=True, always=True),
    C(
        "view.theme.system",
        "&System",
        "Light or dark as the system has it",
        "View/&Theme",
        group="theme",
        always=True,
        break_before=True,
    ),
    C("view.theme.light", "&Light", "Dark on light", "View/&Theme", group="theme", always=True),
    C("view.theme.dark", "&Dark", "Light on dark", "View/&Theme", group="theme", always=True),
    C(
        "view.still",
        "Reduce &motion",
        "Fades in place of movement; nothing moves by itself. M shows a picture period by period",
        "View",
        checkable=True,
        always=True,
    ),
    C("view.full-screen", "F&ull screen", "Fill the screen", "View", ("F11",), checkable=True, always=True),
    C("chart.fold", "&Fold or unfold", "Hide or show what is below the selected box", "Chart", ("T",)),
    C("chart.open-selection", "&Unfold to the selection", "Show the selected seat or person", "Chart", ("Ctrl+G",)),
    C(
        "chart.level.auto",
        "As many levels as can be &read",
        "Fold levels of which there are too many boxes to read",
        "Chart",
        ("Alt+0",),
        group="chart-level",
        break_before=True,
    ),
    *(
        C(
            f"chart.level.{n}",
            f"To level &{n}",
            f"Fold everything below level {n}",
            "Chart",
            (f"Alt+{n}",),
            group="chart-level",
        )
        for n in range(1, 6)
    ),
    C("chart.level.all", "&All levels", "Unfold everything", "Chart", ("Alt+9",), group="chart-level"),
    C(
        "chart.grow.fit",
        "&Best fit",
        "Whatever shows the chart largest: a tree, leaves stacked, outlines below",
        "Chart",
        group="chart-grow",
        break_before=True,
    ),
    C("chart.grow.down", "Top &down", "The tree grows downward", "Chart", group="chart-grow"),
    C("chart.grow.right", "Left to &right", "The tree grows to the right", "Chart", group="chart-grow"),
    C("chart.grow.compact", "Leaves &stacked", "More than six leaves stand in columns", "Chart", group="chart-grow"),
    C(
        "chart.minimap",
        "&Overview map",
        "Show the whole chart small in a corner",
        "Chart",
        checkable=True,
        break_before=True,
    ),
    C("go.back", "&Back", "To where you looked before", "Go", ("Alt+Left",), icon="arrow-left"),
    C("go.forward", "&Forward", "To where you came back from", "Go", ("Alt+Right",), icon="arrow-right"),
    C(
        "go.find",
        "F&ind …",
        "Find a person, a seat, an organization or a command",
        "Go",
        ("Ctrl+K",),
        always=True,
        break_before=True,
        icon="search",
    ),
    C("time.play", "&Play", "Let time run, or stop it", "Time", ("Space",)),
    C("time.first", "To the &beginning", "Go to the first day", "Time", ("Home",)),
    C("time.last", "To the &end", "Go to the last day", "Time", ("End",)),
    C("time.forward", "&Next move", "Go to the next day on which someone joined", "Time", ("Right",)),
    C("time.back", "Pre&vious move", "Go to the last day before on which someone joined", "Time", ("Left",)),
    C("time.month-forward", "A &month on", "Go one month on", "Time", ("Shift+Right",), break_before=True),
    C("time.month-back", "A mon&th back", "Go one month back", "Time", ("Shift+Left",)),
    C("time.year-forward", "A &year on", "Go one year on", "Time", ("Ctrl+Right",)),
    C("time.year-back", "A yea&r back", "Go one year back", "Time", ("Ctrl+Left",)),
    C("time.faster", "&Faster", "Let time run twice as fast", "Time", ("+", "="), break_before=True),
    C("time.slower", "&Slower", "Let time run half as fast", "Time", ("-",)),
    C("time.by-events", "Pace by e&vents", "Busy weeks take longer, quiet years pass quickly", "Time", checkable=True),
    C("time.loop", "&Loop", "Begin again when the end is reached", "Time", ("L",), checkable=True, break_before=True),
    C("time.loop-from", "Loop from &here", "Begin the loop at this day", "Time", ("[",)),
    C("time.loop-to", "Loop &up to here", "End the loop at this day", "Time", ("]",)),
    C(
        "time.mode.cumulative",
        "&All up to the day",
        "Everyone who has moved stays in sight",
        "Time/&Keep",
        group="mode",
        break_before=True,
    ),
    C(
        "time.mode.window",
        "A &window before the day",
        "Those who moved in the window before the day stay in sight",
        "Time/&Keep",
        group="mode",
    ),
    C("time.mode.instant", "&Only the day", "Only who is on the way", "Time/&Keep", group="mode"),
    C("time.window-longer", "A &longer window", "Let the window look back further", "Time", ("}",), break_before=True),
    C("time.window-shorter", "A s&horter window", "Let the window look back less far", "Time", ("{",)),
    C(
        "time.known-by-here",
        "As &known by this day",
        "Show what had been published by the day of the clock",
        "Time",
        ("K",),
        break_before=True,
    ),
    C("time.known-by-now", "As kno&wn now", "Show all that is known", "Time", ("Shift+K",)),
    C("help.read", "How to &read the picture", "What marks, widths and dots mean", "Help", always=True),
    C("help.keys", "&Keys", "All keys of the program", "Help", ("F1", "?"), always=True, icon="keyboard"),
    C(
        "help.report",
        "Copy a &report",
        "Put version, system and the last log lines on the clipboard",
        "Help",
        always=True,
        break_before=True,
    ),
    C("help.about", "&About Talentflow", "Version, licences, data", "Help", always=True, icon="info"),
)
MENUS = ("File", "Edit", "View", "Chart", "Go", "Time", "Help")
