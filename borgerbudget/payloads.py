"""What the public part of an event says: for the types that a verifier looks into, its keys and what each holds.

Payloads of other types are free.  docs/audit-bundle.md, section 7, is the same table in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from borgerbudget.canonical import LARGEST
from borgerbudget.profile_lines import ID

_HEX = re.compile("[0-9a-f]{64}", re.ASCII)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _hex(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _id(value: object) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _each(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, (list, tuple)) and all(map(fits, value))


def _or_none(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or fits(value)


def _signer(value: object) -> bool:
    return isinstance(value, Mapping) and _fits(_SIGNER, value) is None


_SIGNER: Mapping[str, Callable[[object], bool]] = {"fingerprint": _hex, "public_key": _hex, "role": _text}
PAYLOADS: Mapping[str, Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "batch-added": {"batch": _whole, "leaves": _each(_hex)},
        "hand-counted": {"urn": _text, "ballots": _whole, "void": _whole, "differed": _whole},
        "withdrawn": {"proposal": _id},
        "closed": {"roll": _whole, "codes": _whole, "withdrawn": _each(_id)},
        "box-sealed": {"ballots_root": _hex, "accepted": _whole, "rejected": _whole},
        "lot-drawn": {"dice": _or_none(_text), "order": _or_none(_each(_id)), "witnesses": _each(_text)},
        "counted": {"funded_sha256": _hex},
        "recounted": {"funded_sha256": _hex},
        "key-replaced": {"old": _hex, "new": _signer},
    }
)
"""Type of event -> key -> whether a value may stand there."""


def misfit(kind: str, payload: Mapping[str, object]) -> str | None:
    """The first key, in their order, that is missing, unknown or holds what it may not; None for a payload that fits."""
    return _fits(PAYLOADS[kind], payload) if kind in PAYLOADS else None


def _fits(shape: Mapping[str, Callable[[object], bool]], found: Mapping[str, object]) -> str | None:
    wrong = (
        key for key in sorted({*shape, *found}) if key not in shape or key not in found or not shape[key](found[key])
    )
    return next(wrong, None)
