import numpy as np
import pytest

from app.render import text as qt_text
from app.render.widths import elided, measure, spaced

TEXTS = [
    "Who moved between the AI labs",
    "58 in · 33 out",
    "As of 2026-11-23 · Known by 2026-11-23 · Filter: none",
    "$14.3B · 49 %",
    "AVATAR To. LTV",
    "Łukasz Kaiser, Nguyễn Văn Đông, Özgür Ağaoğlu",
    "OpenAI → Meta “quoted” – dash",
    "Привет, Ελλάδα",
    "1111111111",
]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("weight", [400, 430, 520, 600, 650, 700])
def test_widths_agree_with_qt_within_one_percent(weight):
    ours, qts = measure(TEXTS, (100.0, weight)), qt_text.measure(TEXTS, (100.0, weight))
    np.testing.assert_allclose(ours, qts, rtol=0.01)
    assert abs(ours.sum() / qts.sum() - 1) < 0.003


def test_figures_are_tabular():
    widths = measure(["1111", "8888", "2026"], (12.0, 430))
    assert len(set(widths.tolist())) == 1


def test_widths_grow_with_size_and_weight_and_kern():
    assert measure(["Meta"], (24.0, 430))[0] == pytest.approx(2 * measure(["Meta"], (12.0, 430))[0])
    assert measure(["Meta"], (12.0, 700))[0] > measure(["Meta"], (12.0, 430))[0]
    apart = measure(["A", "V"], (12.0, 430)).sum()
    assert measure(["AV"], (12.0, 430))[0] < apart


def test_the_batch_gives_what_single_calls_give():
    batch = measure(TEXTS, (13.0, 555))
    assert batch.tolist() == [measure([text], (13.0, 555))[0] for text in TEXTS]
    backwards = measure(TEXTS[::-1], (13.0, 556))
    np.testing.assert_allclose(backwards[::-1], measure(TEXTS, (13.0, 556)))


def test_blank_and_none():
    assert measure([], (12.0, 430)).shape == (0,)
    assert measure(["", "a", ""], (12.0, 430))[[0, 2]].tolist() == [0.0, 0.0]


def test_letters_that_the_font_lacks_have_a_width_too():
    wide, narrow, mark, odd = measure(["漢字", "𓀀", "e\u0301", "\ud800"], (10.0, 430))
    assert wide == 20.0
    assert narrow > 0
    assert mark == pytest.approx(measure(["e"], (10.0, 430))[0], rel=0.05)
    assert odd >= 0


def test_text_is_elided_to_its_room():
    font = (12.0, 430)
    short = elided("Safe Superintelligence", font, 80.0)
    assert short.endswith("…")
    assert "Safe Superintelligence".startswith(short[:-1].rstrip())
    assert measure([short], font)[0] <= 80.0
    assert measure([elided("Safe Superintelligence", font, 81.0)], font)[0] >= measure([short], font)[0]
    assert elided("Meta", font, 80.0) == "Meta"
    assert elided("Meta", font, float("inf")) == "Meta"
    assert elided("Meta", font, 3.0) == ""


def test_tracking_counts():
    assert spaced("ABC", (10.0, 600), 0.1) == pytest.approx(measure(["ABC"], (10.0, 600))[0] + 3.0)
    assert elided("ABCDEF", (10.0, 600), spaced("ABCDEF", (10.0, 600), 0.0) + 1, 0.1) != "ABCDEF"
