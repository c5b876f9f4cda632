"""What a grid shows: the protocol, and the models that take it from a session."""

from __future__ import annotations

from cjworkshop.tui.form_model import FormModel
from cjworkshop.tui.grid_model import GridModel, Head, Sort
from cjworkshop.tui.table_model import TableModel

__all__ = ["FormModel", "GridModel", "Head", "Sort", "TableModel"]
