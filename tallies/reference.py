"""Asking the reference: ``verify.py`` in an interpreter of its own, without our packages, checks a trace."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from borgerbudget.words import Language

VERIFIER = Path(__file__).with_name("verify.py")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reference's exit code and words."""

    exit_code: int
    words: str


def check(source: bytes, trace: bytes, language: Language) -> Verdict:
    """Replays ``trace`` against ``source`` (a .pb file or an exported profile)."""
    with tempfile.TemporaryDirectory() as folder:
        election, steps = Path(folder, "round"), Path(folder, "trace.jsonl")
        election.write_bytes(source)
        steps.write_bytes(trace)
        command = [sys.executable, "-I", "-S", str(VERIFIER), "check", str(election), str(steps), "--lang", language]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    return Verdict(done.returncode, (done.stdout + done.stderr).strip())
