"""The dataclasses whose methods are written late."""

from __future__ import annotations

import dataclasses

import pytest

from cjworkshop.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: int
    y: int = 0
    tags: tuple[str, ...] = dataclasses.field(default=(), repr=False)


@dataclass
class Heap:
    """Something that changes."""

    grains: list[int] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep them sorted."""
        self.grains.sort()


@dataclass(frozen=True)
class Place(Point):
    """A point with a name, which says itself how it looks."""

    name: str = ""

    def __repr__(self) -> str:
        return self.name


@dataclass(eq=False)
class Identity:
    """Equal to nothing but itself."""

    value: int = 0


def test_it_is_made_shown_compared_and_hashed_as_the_standard_one() -> None:
    assert repr(Point(1)) == "Point(x=1, y=0)"
    assert Point(1, y=2) == Point(1, 2) != Point(2, 1)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1) != Place(1)
    assert len({Point(1), Point(1), Point(2)}) == 2


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError):
        Point(1, z=2)  # type: ignore[call-arg]  # that is the point


def test_frozen_is_frozen_and_slots_are_slots() -> None:
    point = Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]  # that is the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x
    assert not hasattr(point, "__dict__")


def test_what_is_not_frozen_changes_and_has_no_hash() -> None:
    heap = Heap([2, 1])
    heap.grains.append(3)
    assert heap == Heap([3, 2, 1])
    assert Heap().grains is not Heap().grains
    with pytest.raises(TypeError):
        hash(heap)


def test_a_subclass_has_the_fields_of_its_base_and_its_own_methods() -> None:
    place = Place(1, name="here")
    assert repr(place) == "here"
    assert (place.x, place.y, place.name) == (1, 0, "here")
    assert dataclasses.replace(place, x=5) == Place(5, 0, (), "here")
    assert [part.name for part in dataclasses.fields(place)] == ["x", "y", "tags", "name"]


def test_identity_is_kept_where_equality_is_not_wanted() -> None:
    one = Identity()
    assert one == one  # noqa: PLR0124 - that is the point
    assert one != Identity()
    assert len({one, Identity()}) == 2
