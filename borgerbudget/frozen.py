"""Frozen values, made quickly: what ``dataclass(frozen=True)`` makes, with fewer functions to compile.

For each class ``dataclass`` writes six functions and has Python compile them, which takes half a millisecond, and a village's
count needs seventy such classes: a seventh of its time.  Only one of the six must be written for each class, ``__init__``; the
others are the same for all.  So the classes of a count are made with ``frozen``; others, with ``dataclass``, are as good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Kind = TypeVar("Kind", bound=type[Any])


@overload
def frozen(kind: Kind, /) -> Kind: ...


@overload
def frozen(*, slots: bool = False, eq: bool = True) -> Callable[[Kind], Kind]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: Any = None, /, *, slots: bool = False, eq: bool = True) -> Any:
    """A frozen dataclass; ``slots`` and ``eq`` as there.  TypeError for a field that asks for more than a default."""

    def made(kind: type[Any]) -> type[Any]:
        kind.__doc__ = kind.__doc__ or kind.__name__  # else the signature, which takes long to write
        # the fields, and the slots; nothing of this is compiled
        made = dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
        made.__init__ = _init(made, fields(made))
        for name, method in (_ALIKE | (_EQUAL if eq else {}) | (_SLOTTED if slots else {})).items():
            if name not in kind.__dict__:
                setattr(made, name, method)
        return made

    return made if kind is None else made(kind)


def _init(kind: type[Any], all_fields: tuple[Field[Any], ...]) -> Any:
    """``__init__`` of these fields, with ``__post_init__`` if there is one."""
    room: dict[str, Any] = {"_put": object.__setattr__}
    parameters, lines = ["self"], []
    for one in all_fields:
        if one.default_factory is not MISSING or not (one.init and one.compare) or one.kw_only:
            raise TypeError(f"{kind.__name__}.{one.name}: dataclass makes such fields")
        if one.default is MISSING:
            parameters.append(one.name)
        else:
            room[f"_default_{one.name}"] = one.default
            parameters.append(f"{one.name}=_default_{one.name}")
        lines.append(f"_put(self, {one.name!r}, {one.name})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), room)
    room["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    return room["__init__"]


def _values(of: Any) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in of.__match_args__)


def _equal(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _reduce(self: Any) -> tuple[Any, ...]:
    """For pickle, which would set the slots one by one."""
    return self.__class__, _values(self)


def _set(self: Any, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_ALIKE: dict[str, Any] = {"__repr__": _repr, "__setattr__": _set, "__delattr__": _delete}
_EQUAL: dict[str, Any] = {"__eq__": _equal, "__hash__": _hash}
_SLOTTED: dict[str, Any] = {"__reduce__": _reduce}
