"""Frozen values: what dataclasses would be, made quickly."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget.frozen import frozen


class Named:
    __slots__ = ()
    name: str

    @property
    def loud(self) -> str:
        return self.name.upper()


@frozen(slots=True)
class Slotted(Named):
    name: str
    many: tuple[int, ...] = ()
    hidden: int | None = field(default=None, repr=False)


@frozen
class Open:
    """Has room for what is computed once."""

    name: str
    many: tuple[int, ...] = ()
    hidden: int | None = field(default=None, repr=False)

    @cached_property
    def total(self) -> int:
        return sum(self.many)


@frozen(eq=False)
class Itself:
    name: str


@frozen
class Checked:
    name: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("nameless")

    def __repr__(self) -> str:
        return f"<{self.name}>"


def twin(kind: type[Any]) -> type[Any]:
    """The same class as ``dataclass`` makes it."""
    names = {"__annotations__": kind.__annotations__, "__module__": __name__}
    made = type(kind.__name__, kind.__bases__, names | {"many": (), "hidden": field(default=None, repr=False)})
    return dataclass(frozen=True)(made)


KINDS: list[Any] = [Slotted, Open]
VALUES = st.tuples(st.text(max_size=3), st.tuples(st.integers(0, 3)), st.none() | st.integers(0, 2))


@pytest.mark.parametrize("kind", KINDS)
@given(one=VALUES, other=VALUES)
def test_a_value_compares_hashes_and_prints_as_a_dataclass(kind: Any, one: Any, other: Any) -> None:
    like = twin(kind)
    assert (kind(*one) == kind(*other)) is (like(*one) == like(*other))
    assert hash(kind(*one)) == hash(like(*one))
    assert repr(kind(*one)) == repr(like(*one))
    assert kind(*one) != like(*one), "of another class"
    assert asdict(kind(*one)) == asdict(like(*one))


@pytest.mark.parametrize("kind", KINDS)
@given(values=VALUES)
def test_a_value_survives_pickle_copy_and_replace(kind: Any, values: Any) -> None:
    value = kind(*values)
    for same in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value), replace(value)):
        assert same == value
        assert type(same) is kind
    assert replace(value, name="another") == kind("another", *values[1:])


@pytest.mark.parametrize("kind", [*KINDS, Itself])
def test_nothing_of_a_value_can_be_changed(kind: Any) -> None:
    value = kind("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    with pytest.raises(FrozenInstanceError):
        value.other = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    assert value.name == "a"


def test_a_frozen_value_is_a_dataclass_to_everybody_who_asks() -> None:
    assert is_dataclass(Slotted)
    assert [one.name for one in fields(Slotted)] == ["name", "many", "hidden"]
    assert Slotted.__slots__ == ("name", "many", "hidden")
    assert not hasattr(Slotted("a"), "__dict__")
    match Slotted("a", (1, 2)):
        case Slotted(name, many):
            assert (name, many) == ("a", (1, 2))
    assert Slotted("a").loud == "A"
    assert Open("a", many=(1, 2)).total == 3
    with pytest.raises(TypeError, match=r"Slotted\.__init__\(\) missing 1 required positional argument: 'name'"):
        Slotted()  # type: ignore[call-arg]


def test_a_value_with_eq_off_is_equal_to_itself_only() -> None:
    value = Itself("a")
    assert value == value
    assert value != Itself("a")
    assert len({value, Itself("a")}) == 2


def test_what_the_class_says_itself_is_kept() -> None:
    assert repr(Checked("a")) == "<a>"
    with pytest.raises(ValueError, match="nameless"):
        Checked("")


def test_a_value_may_have_no_fields_and_fields_any_name() -> None:
    empty, named = (
        frozen(type("Empty", (), {})),
        frozen(type("Named", (), {"__annotations__": {"put": "int", "kind": "int"}})),
    )
    assert empty() == empty()
    assert repr(named(1, kind=2)) == "Named(put=1, kind=2)"


def test_a_field_that_asks_for_more_is_refused() -> None:
    for more in (field(default_factory=list), field(compare=False), field(init=False), field(kw_only=True)):
        kind = type("Kind", (), {"__annotations__": {"listed": "list[int]"}, "listed": more})
        with pytest.raises(TypeError, match=r"Kind\.listed: dataclass makes such fields"):
            frozen(kind)
