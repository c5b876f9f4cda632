"""The codes of a table's rows after edits are those that its rows have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.session import Rows
from cjworkshop.method.employee_workshop import Stage

rows = st.builds(
    Stage, id=st.sampled_from("abcdef"), order=st.integers(0, 9), code=st.sampled_from(["", "S1", "s1", "S2", "S3"])
)
edits = st.dictionaries(st.sampled_from("abcdef"), st.none() | rows, max_size=4)


@given(st.lists(rows, max_size=4, unique_by=lambda row: row.id), st.lists(edits, max_size=4))
def test_codes_are_those_of_the_rows(first: list[Stage], changes: list[dict[str, Stage | None]]) -> None:
    held = Rows(tuple(sorted(first, key=lambda row: (row.order, row.id))))
    for change in changes:
        held.codes  # noqa: B018 - they are known before the edit
        held = held.edited(
            {row_id: row and Stage(id=row_id, order=row.order, code=row.code) for row_id, row in change.items()}
        )
        assert held.codes == Rows(tuple(held)).codes
