"""The guards of `conftest.py`: noise and what is left running fail a test."""

import shutil
import subprocess
import sys
from pathlib import Path

SUITE = """
import logging, threading, time
from PySide6.QtCore import QPropertyAnimation, QTimer, qWarning
from PySide6.QtWidgets import QWidget

def test_quiet(home, qtbot):
    timer = QTimer(); timer.start(1000); timer.stop()
    window = QWidget(); window.timer = QTimer(window); window.timer.start(1000)
    qtbot.addWidget(window)
    assert home.is_dir()

def test_expected_record(logged):
    logging.getLogger("app").warning("as expected")
    assert logged.pop().getMessage() == "as expected"

def test_thread_that_ends():
    threading.Thread(target=time.sleep, args=(0.05,)).start()

def test_info_is_no_noise():
    logging.getLogger("app").info("hello")

def test_bad_log():
    logging.getLogger("app").warning("half the disk is full")

def test_bad_qt_message(qapp):
    qWarning("an odd size")

def test_bad_thread():
    threading.Thread(target=time.sleep, args=(2,), daemon=True, name="sleeper").start()

kept = []

def test_bad_timer(qapp):
    kept.append(QTimer()); kept[-1].start(1000)

def test_bad_animation(qapp):
    kept.append(QWidget())
    kept.append(QPropertyAnimation(kept[-1], b"pos")); kept[-1].setDuration(9000); kept[-1].start()

def test_quiet_after_the_others(qapp):
    assert qapp
"""


def test_each_guard_tells_what_it_caught(tmp_path: Path):
    source = (Path(__file__).parent / "conftest.py").read_text("utf-8").replace("PATIENCE = 5.0", "PATIENCE = 0.2")
    (tmp_path / "conftest.py").write_text(source, "utf-8")
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    shutil.copy(Path(__file__).parents[1] / "pyproject.toml", tmp_path)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", str(tmp_path)]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    bad = {line.split("::")[1].split(" ")[0] for line in out.splitlines() if line.startswith(("FAILED", "ERROR"))}
    assert bad == {"test_bad_log", "test_bad_qt_message", "test_bad_thread", "test_bad_timer", "test_bad_animation"}
    assert "WARNING app: half the disk is full" in out
    assert "still running after the test: thread sleeper" in out
    assert "still running after the test: QTimer\n" in out
    assert "still running after the test: QPropertyAnimation\n" in out
