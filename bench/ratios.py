"""One measured ratio and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured ratio: ``value`` against ``target``, or why there is none."""

    row: int
    what: str
    value: float | None
    target: float
    better: str
    ours: float | None = None
    other: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """None when not measured, or when a cap leaves it open."""
        if self.value is None:
            return None
        if self.note.startswith("capped") and self.better == "more" and self.value < self.target:
            return None
        return self.value >= self.target if self.better == "more" else self.value <= self.target

    def say(self) -> str:
        sign = ">=" if self.better == "more" else "<="
        if self.value is None:
            return f"{self.row:>3}  {self.what:<58} not measured: {self.note}"
        shown = f"{'> ' if self.note.startswith('capped') else ''}{self.value:.3g}"
        verdict = {True: "met", False: "MISSED", None: "open"}[self.met]
        times = [f"{who} {seconds:.4g} s" for who, seconds in (("ours", self.ours), ("other", self.other)) if seconds]
        rest = "; ".join([*times, *filter(None, [self.note])])
        return f"{self.row:>3}  {self.what:<58} {shown:>9}  ({sign} {self.target:g}: {verdict})  {rest}"
