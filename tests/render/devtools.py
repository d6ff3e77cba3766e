"""A real browser that is asked things while a page plays: Chromium without a window, spoken to over a pipe. Real time
passes, and the processor draws."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QImage

from tests.render.browser import CHROMIUM

_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")
_FREE = 10


class Page:
    """One page of a browser; `ask` evaluates what may be a promise."""

    def __init__(self, to: int, of: int) -> None:
        self._to, self._of = to, of
        self._rest, self._n = b"", 0
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the DevTools protocol, and its answer; what the browser tells beside it is passed over."""
        self._n += 1
        said: dict[str, Any] = {"id": self._n, "method": method, "params": params}
        if self._session is not None:
            said["sessionId"] = self._session
        os.write(self._to, json.dumps(said).encode() + b"\0")
        while True:
            heard = self._next()
            if heard.get("id") == self._n:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error']}")
                answer: dict[str, Any] = heard["result"]
                return answer

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def show(self, address: str, width: int, height: int, *, scale: float = 1.0, dark: bool = False) -> None:
        """Go to an address in a window of that size, and wait until it has been drawn."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Page.navigate", url=address)
        self.ask("new Promise(done => { const wait = () => document.readyState === 'complete' ? requestAnimationFrame("
                 "() => requestAnimationFrame(done)) : setTimeout(wait, 20); wait(); })")  # fmt: skip

    def shot(self) -> QImage:
        """How the page looks."""
        return QImage.fromData(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def point(self, x: float, y: float, *, press: bool = False) -> None:
        """Move the pointer to a place, and press there."""
        for kind in ("mouseMoved", *(("mousePressed", "mouseReleased") if press else ())):
            button = "none" if kind == "mouseMoved" else "left"
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=int(press))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            heard = os.read(self._of, 1 << 20)
            if not heard:
                raise RuntimeError("the browser has gone")
            self._rest += heard
        text, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(text)
        return said


def _pipe() -> tuple[int, int]:
    """The ends of a pipe, out of the way of the numbers that Chromium expects."""
    ends = os.pipe()
    free = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE) for end in ends]
    for end in ends:
        os.close(end)
    return free[0], free[1]


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    """A browser for as long as it is needed. RuntimeError if none is installed."""
    if CHROMIUM is None:
        raise RuntimeError("no Chromium is installed here")
    (inward, to), (of, outward) = _pipe(), _pipe()

    def plugged() -> None:
        os.dup2(inward, 3)  # where Chromium listens
        os.dup2(outward, 4)  # and speaks

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ran = subprocess.Popen(
            [CHROMIUM, *_FLAGS, f"--user-data-dir={folder}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=plugged,
        )
        os.close(inward)
        os.close(outward)
        try:
            page = Page(to, of)
            yield page
            page._session = None
            page.call("Browser.close")
            ran.wait(20)
        finally:
            os.close(to)
            os.close(of)
            if ran.poll() is None:
                ran.kill()
                ran.wait()
