"""The release of PySide6 in use keeps its references. 6.12.0 loses one to None or True at every call that returns
nothing, and under Python 3.11 the process aborts after some thousands."""

import subprocess
import sys

CODE = """
import sys
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()
    turned = Signal(bool)

heard = 0
def hear(*_):
    global heard
    heard += 1

bell = Bell()
bell.rung.connect(hear)
bell.turned.connect(hear)
held = sys.getrefcount(None) + sys.getrefcount(True)
for n in range(10_000):
    bell.rung.emit()
    bell.turned.emit(True)
    bell.setObjectName("bell")
    bell.blockSignals(False)
    bell.rung.disconnect(hear)
    bell.rung.connect(hear)
print(heard, abs(sys.getrefcount(None) + sys.getrefcount(True) - held) < 1_000)
"""


def test_twenty_thousand_emits_leave_the_process_alive():
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.split()) == (0, ["20000", "True"]), ran.stderr
