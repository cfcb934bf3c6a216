"""The one page that a meeting approves before it votes: the rules of a plan in plain words, with a worked example."""

from tallies.meeting.example import INVENTED, SETTINGS, example_lines, fictive_election, with_votes, work_out
from tallies.meeting.page import example_json, page_json, page_lines

__all__ = [
    "INVENTED",
    "SETTINGS",
    "example_json",
    "example_lines",
    "fictive_election",
    "page_json",
    "page_lines",
    "with_votes",
    "work_out",
]
