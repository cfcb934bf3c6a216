"""A real headless Chromium, spoken to over its own pipe: what a page asks for, complains about, and how wide it is."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
SECONDS = 60


@dataclass
class Browser:
    """One tab.  ``requests`` and ``complaints`` are those since the page was opened."""

    write: int
    read: int
    session: str = ""
    number: int = 0
    left: bytes = b""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to one command of the DevTools protocol."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self.number:
                assert "error" not in found, found
                answer: dict[str, Any] = found["result"]
                return answer

    def open(self, page: Path, width: int, height: int = 900) -> None:
        """The page at that width, loaded."""
        self.requests, self.complaints = [], []
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.ask("Page.navigate", url=page.resolve().as_uri())
        waited = time.monotonic() + SECONDS
        while self.value("document.readyState") != "complete":
            assert time.monotonic() < waited, "the page does not load"
            time.sleep(0.02)

    def value(self, expression: str) -> Any:
        """Of a JavaScript expression; the page's own policy has no say in it."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def printed(self) -> bytes:
        """The page as PDF, as it is printed."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.left:
            ready, _, _ = select.select([self.read], [], [], SECONDS)
            assert ready, "the browser does not answer"
            more = os.read(self.read, 1 << 20)
            assert more, "the browser has gone"
            self.left += more
        line, _, self.left = self.left.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        told = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(told["entry"]["text"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told))
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Chromium with a new profile in ``folder``; the test is skipped where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    shell = shutil.which("bash")
    if program is None or shell is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    to_browser, write = os.pipe()
    read, from_browser = os.pipe()
    command = [shell, "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program]
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdout=log,
            stderr=log,
        )
    os.close(to_browser)
    os.close(from_browser)
    try:
        found = Browser(write, read)
        target = found.ask("Target.createTarget", url="about:blank")["targetId"]
        found.session = found.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            found.ask(f"{domain}.enable")
        yield found
    finally:
        os.close(write)
        os.close(read)
        process.terminate()
        process.wait(SECONDS)
