"""Figures: what was measured, against what, and whether the bar is met; as a Markdown table and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Unit = Literal["ms", "B", "MB", "×"]


@dataclass(frozen=True)
class Figure:
    """A median, and what it is to be compared with.

    `reference` says what `against` is the median of, in the same run. `bar` is the most that `value` may be: a multiple
    of `against`, or where there is no reference a number of the same unit; None where nothing was promised.
    """

    what: str
    size: str
    value: float
    unit: Unit = "ms"
    reference: str = ""
    against: float | None = None
    bar: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the reference it is."""
        return self.value / self.against if self.against else None

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        compared = self.value if self.against is None else self.ratio
        return None if self.bar is None or compared is None else compared <= self.bar

    def as_record(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"ratio": self.ratio, "met": self.met}


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` per cent of the values stay below or at."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]


def markdown(figures: Sequence[Figure]) -> str:
    """The figures as a table."""
    rows: list[tuple[str, ...]] = [("what", "size", "median", "reference", "of it", "ratio", "bar", "met")]
    rows += [_cells(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = figure.ratio
    bar = "" if figure.bar is None else f"≤ {figure.bar:g} {'×' if figure.against is not None else figure.unit}"
    return (
        figure.what,
        figure.size,
        _amount(figure.value, figure.unit),
        figure.reference,
        "" if figure.against is None else _amount(figure.against, figure.unit),
        "" if ratio is None else f"{ratio:.2f}",
        bar,
        {True: "yes", False: "NO", None: ""}[figure.met],
    )


def _amount(value: float, unit: Unit) -> str:
    return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.2f} {unit}"


__all__ = ["Figure", "Unit", "markdown", "median", "percentile"]
