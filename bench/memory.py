"""The most memory that reading and counting a round takes, above what ``import numpy`` takes: one JSON line.

    python bench/memory.py FILE [RULE]

``voters`` and ``bytes``: the peak of the resident set after reading and, with a rule, counting; ``cpu``: seconds of both.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import numpy  # noqa: F401 (what it takes is not ours)
from children import cpu

STATUS = Path("/proc/self/status")


def peak() -> int:
    """Bytes; where there is no /proc what the system tells of this process, which may have inherited some of it."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def main() -> None:
    bare, began = peak(), cpu()
    from borgerbudget.files import read_round

    election = read_round(Path(sys.argv[1])).election
    if len(sys.argv) > 2:
        from tallies import Lot, count, make_plan

        plan = make_plan(sys.argv[2], election, {}, ("cheapest", "most-votes", "lot"), Lot(election.ids))
        count(election, plan)
    print(json.dumps({"voters": int(election.profile.voters), "bytes": peak() - bare, "cpu": cpu() - began}))


if __name__ == "__main__":
    main()
