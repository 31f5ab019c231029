"""A headless Chromium, driven through its debugging pipe: no driver, no port, no network."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe")


def executable() -> str | None:
    """The path of a Chromium; SEEDLINT_BROWSER names another."""
    named = os.environ.get("SEEDLINT_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One browser with one page."""

    def __init__(self, command: str, profile: Path) -> None:
        ours, theirs = self._pipes()

        def connect() -> None:
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self._process = subprocess.Popen(
            [command, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=connect,  # noqa: PLW1509 - the browser's pipe must be 3 and 4; no threads here
        )
        for handle in theirs:
            os.close(handle)
        self._in, self._out = os.fdopen(ours[0], "rb"), os.fdopen(ours[1], "wb")
        self._number = 0
        self.events: list[dict[str, Any]] = []
        page = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    _session: str | None = None

    @staticmethod
    def _pipes() -> tuple[tuple[int, int], tuple[int, int]]:
        """Our ends and the browser's; the browser's are high, so that 3 and 4 are free for it."""
        to, back = os.pipe(), os.pipe()
        theirs = tuple(fcntl.fcntl(handle, fcntl.F_DUPFD, 30) for handle in (to[0], back[1]))
        os.close(to[0])
        os.close(back[1])
        return (back[0], to[1]), (theirs[0], theirs[1])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "the browser went away"
            data += byte
        value: dict[str, Any] = json.loads(data)
        return value

    def open(self, path: Path, fragment: str = "") -> None:
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + fragment)
        self.wait(lambda: self.js("location.protocol + document.readyState") == "file:complete")

    def wait(self, done: Callable[[], bool], seconds: float = 20) -> None:
        until = monotonic() + seconds
        while not done():
            assert monotonic() < until, "the page never came to that"
            sleep(0.05)

    def js(self, expression: str) -> Any:
        """The value of an expression in the page; an exception there is one here."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def dark(self, wanted: bool) -> None:
        feature = {"name": "prefers-color-scheme", "value": "dark" if wanted else "light"}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def screenshot(self, path: Path, width: int = 1200, height: int = 1500) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._in.close()
        self._out.close()
