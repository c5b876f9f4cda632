"""How the words and lines of a map are drawn, by their role, in the colours of the theme."""

from __future__ import annotations

from cjworkshop.tui.widgets.board import Look

LOOKS = {
    "dim": Look("dim"),
    "strong": Look(bold=True),
    "head": Look(bold=True),
    "accent": Look("primary"),
    "good": Look("success"),
    "bad": Look("error"),
    "rule": Look("rule"),
    "note": Look("warning", bold=True),
    "band": Look("dim", bold=True),
    "band-here": Look("primary", bold=True),
    "label-here": Look("primary"),
    "before": Look("dim"),
    "before-point": Look(bold=True),
    "after": Look("primary"),
    "after-point": Look("primary", bold=True),
    "drop": Look("error", bold=True),
    "error": Look("error", bold=True),
    "cursor": Look("cursor-text", "cursor-ground", bold=True),
    "chosen": Look("cursor-text", "cursor-ground", bold=True),
    "edit": Look("foreground", "field"),
    "edit-selected": Look("foreground", "selection-ground"),
    "caret": Look("background", "foreground"),
}
"""How each role is drawn. As component classes they would all be styled anew each time that the map is opened."""
