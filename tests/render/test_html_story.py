"""A story as a page of one file: whole, closed to the network, and each step the page of its picture."""

from __future__ import annotations

import html
import io
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.domain import dates
from app.domain.edit import apply
from app.domain.stories import Step, begin, stories
from app.session.storyfiles import StoryFile
from app.session.view import View
from tests.pictures.made import small
from tests.render import browser

VIEW = View()
STEPS = (
    Step(VIEW.state, dates.day(2025, 3, 1), head="First <things>", text="One.\nTwo & three.", seconds=2.0),
    Step(VIEW.state, dates.day(2025, 9, 1), head="It moved", focus=("organizations:south",), seconds=2.0),
    Step(View(picture="careers").state, head="Lives", text="One line each."),
)


@pytest.fixture(scope="module")
def text() -> str:
    data = apply(small(), begin(small(), "A <tale>", STEPS))
    file = io.BytesIO()
    StoryFile(data, stories(data)[0], ".html", (1280, 720), command="main.py render story").write(file, lambda *_: None)
    return file.getvalue().decode()


def told(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def pages(text: str) -> list[str]:
    """The pages of the steps as the script puts them together."""
    data = told(text)
    made = []
    for step in data["steps"]:
        page = step["page"]
        for token, shared in data["shared"].items():
            page = page.replace(token, shared)
        made.append(page)
    return made


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_words_of_each_step_stand_in_the_page_itself(text: str) -> None:
    assert "<title>A &lt;tale&gt;</title>" in text
    for step in STEPS:
        assert f"<h2>{html.escape(step.head)}</h2>" in text
    assert "<p>One.</p><p>Two &amp; three.</p>" in text
    assert "3 of 3" in text
    assert "main.py render story" in text


def test_what_pages_share_is_there_once_and_each_page_is_whole(text: str) -> None:
    whole = pages(text)
    assert len(whole) == 3
    for page in whole:
        assert page.startswith("<!doctype html>")
        assert page.rstrip().endswith("</html>")
        assert "@@" not in page
    assert text.count("font/woff2;base64") == 2  # once for the page, once for its frames


def test_every_style_and_script_is_let_by_the_policy_and_nothing_else_is(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    assert not re.search(r"(?:src|href)=\"https?:", text.split("</head>")[0])
    for page in (text, *pages(text)):
        own = (
            page
            if page is not text
            else re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
        )
        for kind, found in (("style", re.findall(r"<style>(.*?)</style>", own, re.DOTALL)),
                            ("script", re.findall(r"<script>(.*?)</script>", own, re.DOTALL))):  # fmt: skip
            assert found
            allowed = re.search(rf"{kind}-src ([^;]*)", policy[1])
            assert allowed is not None
            assert all(hash_of(part) in allowed[1] for part in found)


def test_time_plays_where_it_is_the_same_picture(text: str) -> None:
    assert [step["plays"] for step in told(text)["steps"]] == [False, True, False]
    assert told(text)["steps"][1]["focus"] == "organizations:south"


@browser.needed
def test_a_browser_opens_every_step_and_has_nothing_to_complain_of(text: str, tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_text(text, encoding="utf-8")
    for number in (1, 2, 3):
        said = browser.run(tmp_path, f"{path.as_uri()}#step={number}", "--dump-dom", size=(1280, 720), budget=4000)
        assert browser.complaints(said.stderr) == []
        assert f">{number} of 3</output>" in said.stdout
        assert said.stdout.count('data-ready="1"') == 3
