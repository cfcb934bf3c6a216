"""Electorates: people who do not exist, with opinions about proposals, and the ballots they would hand in."""

from __future__ import annotations
