"""Somebody at the command line, for tests: the real command in this process, at a village's time and with answers typed ahead."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

import cli
from borgerbudget.office_commands import desk
from borgerbudget.store.keys import key_path
from tests.villages import ROUND, Village


@dataclass(frozen=True)
class Said:
    """What a command answered: data, words, exit code."""

    out: str
    err: str
    code: int


class Clerk:
    """Works in the folder of a village's database, at the village's time."""

    def __init__(self, village: Village, patch: pytest.MonkeyPatch) -> None:
        assert village.key is not None
        self.village = village
        self.patch = patch
        self.lang = "en"
        self.said: list[Said] = []
        key_path(village.address).write_text(village.key.hex(), encoding="ascii")
        patch.setattr(desk, "_now", lambda: village.now)
        patch.setenv("BORGERBUDGET_DB", village.address)
        patch.setenv("BORGERBUDGET_ACTOR", "anna")
        patch.delenv("BORGERBUDGET_KEY", raising=False)

    def run(self, *words: str, code: int | None = 0, typed: str = "", lang: str | None = None) -> Said:
        """``words`` with the round's name for ``ROUND``; ``typed``: lines that are answered when asked."""
        line = [word.replace("ROUND", ROUND) for word in words]
        self.patch.setattr(sys, "argv", ["borgerbudget", *line, "--lang", lang or self.lang])
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        out, err, found = io.StringIO(), io.StringIO(), 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                cli.main()
            except SystemExit as end:
                found = int(end.code or 0)
        said = Said(out.getvalue(), err.getvalue(), found)
        self.said.append(said)
        if os.environ.get("CLERK"):
            print("$", *line, f"-> {found}\n{said.out}{said.err}")
        assert code in (None, found), (line, said)
        return said
