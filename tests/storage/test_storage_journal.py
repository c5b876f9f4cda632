"""The journal: cut anywhere, flipped anywhere, with rubbish behind it, and always one more edit after that."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from storage_kit import Inline, add_pain, crash, everything, journals, pains, session_named, set_pain, store_in

from cjworkshop.domain.commands import RemoveRows
from cjworkshop.storage.journal import change_line, line_of, read_segment
from cjworkshop.storage.names import Files

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["first", "second\nline", "third “é” 日本 \U0001f600", ""]


@pytest.fixture
def crashed(tmp_path: Path) -> tuple[Path, list[dict[str, str]]]:
    """A session that was killed after some edits, and what it held after each of them."""
    store = store_in(tmp_path / "made")
    path = store.create(session_named())
    opened = store.open(path)
    states = [pains(opened.session)]
    for number, text in enumerate(TEXTS):
        opened.workbook.do(add_pain(f"p{number}", text))
        states.append(pains(opened.session))
        opened.flush()
    opened.workbook.undo()
    states.append(pains(opened.session))
    opened.workbook.do(RemoveRows("pains", ("p0",)))
    states.append(pains(opened.session))
    opened.flush()
    crash(opened)
    return path, states


def copy_of(path: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(path.parent, folder)
    return folder / path.name


def one_more_edit_survives(path: Path, state: dict[str, str]) -> None:
    store = store_in(path.parent, writer=Inline)
    opened = store.open(path)
    assert pains(opened.session) == state
    opened.workbook.do(add_pain("more", "one more"))
    opened.flush()
    crash(opened)
    assert pains(store.read(path).session) == {**state, "more": "one more"}
    with store.open(path) as again:
        assert pains(again.session) == {**state, "more": "one more"}
        again.workbook.undo()
        assert pains(again.session) == state
    assert pains(store.read(path).session) == state


def test_cut_at_every_byte(crashed: tuple[Path, list[dict[str, str]]], tmp_path: Path) -> None:
    path, states = crashed
    data = journals(path)[0].read_bytes()
    ends = [index + 1 for index, byte in enumerate(data) if byte == 10]
    for cut in range(len(data)):
        copy = copy_of(path, tmp_path / "cut")
        journals(copy)[0].write_bytes(data[:cut])
        whole = sum(end <= cut for end in ends[1:])
        assert pains(store_in(copy.parent).read(copy).session) == states[whole]
        if cut % 29 == 0 or cut in ends or cut + 1 in ends:
            one_more_edit_survives(copy, states[whole])


def test_a_flipped_bit_loses_at_most_its_own_line(crashed: tuple[Path, list[dict[str, str]]], tmp_path: Path) -> None:
    path, states = crashed
    data = journals(path)[0].read_bytes()
    chance = random.Random(7)
    for at in sorted(chance.sample(range(len(data)), 60)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << chance.randrange(8)
        copy = copy_of(path, tmp_path / "flipped")
        journals(copy)[0].write_bytes(flipped)
        line = data[:at].count(b"\n")
        state = pains(store_in(copy.parent).read(copy).session)
        if line == 0 or line == data.count(b"\n") - 1:
            assert state == states[-1 if line == 0 else -2]
        else:
            assert set(state) - {"p0"} <= set(states[-3])
            assert sum(state.get(key) != value for key, value in states[-1].items()) <= 1
        one_more_edit_survives(copy, state)


@pytest.mark.parametrize(
    "garbage", [b"x", b"\n", b"\0" * 700, b"0123abcd {}\nrubbish\n\n", line_of(b"[1]"), line_of(b'{"a":1}')]
)
def test_garbage_behind_it_is_passed_over(
    crashed: tuple[Path, list[dict[str, str]]], tmp_path: Path, garbage: bytes
) -> None:
    path, states = crashed
    with journals(path)[0].open("ab") as file:
        file.write(garbage)
    one_more_edit_survives(path, states[-1])


def test_a_line_with_a_good_checksum_and_a_bad_shape_is_no_line(
    crashed: tuple[Path, list[dict[str, str]]],
) -> None:
    path, states = crashed
    shapes = [b'{"seq":"x","time":1,"act":"do","label":"","edits":[]}', b'{"checkpoint":"done"}', b"3", b"[]"]
    shapes += [b'{"seq":99,"time":"2026-01-01T00:00:00","act":"jump","label":"","edits":[]}']
    shapes += [b'{"checkpoint":"done","seq":"x","file":""}', b'{"checkpoint":"done","seq":1,"file":2}', b'"x"']
    head = b'{"seq":7,"time":"2026-01-01T00:00:00","act":"do","label":"","edits":['
    shapes += [head + edits for edits in (b"{]}", b'{"table":[],"id":"x"}]}', b'{"table":"pains","id":3}]}', b"7]}")]
    with journals(path)[0].open("ab") as file:
        file.writelines(map(line_of, shapes))
    one_more_edit_survives(path, states[-1])


def test_zeroed_blocks_at_the_end_are_a_torn_end(crashed: tuple[Path, list[dict[str, str]]], tmp_path: Path) -> None:
    path, states = crashed
    data = journals(path)[0].read_bytes()
    last = data[:-1].rindex(b"\n") + 1
    journals(path)[0].write_bytes(data[:last] + b"\0" * (len(data) - last))
    one_more_edit_survives(path, states[-2])


def test_the_journal_can_be_read_by_hand(crashed: tuple[Path, list[dict[str, str]]]) -> None:
    path, _ = crashed
    lines = journals(path)[0].read_text("ascii").splitlines()
    assert '"format":"cjworkshop/journal"' in lines[0]
    assert '"label":"add 1 pain","edits":[{"table":"pains","id":"p0","before":null,"after":{"id":"p0"' in lines[1]
    assert '"act":"undo"' in lines[5]


def test_reading_writes_nothing(crashed: tuple[Path, list[dict[str, str]]]) -> None:
    path, _ = crashed
    before = everything(path.parent)
    store = store_in(path.parent)
    store.read(path)
    store.summaries()
    store.recover(path)
    store.check(path)
    assert everything(path.parent) == before


def test_what_was_replayed_is_written_afresh_and_folded(crashed: tuple[Path, list[dict[str, str]]]) -> None:
    path, states = crashed
    store = store_in(path.parent)
    with store.open(path) as opened:
        assert opened.notices == ("6 edits recovered.",)
    assert len(journals(path)) == 2
    second = read_segment(store.environment.disk, Files(path), 2)
    assert second.entries[:6] == read_segment(store.environment.disk, Files(path), 1).entries[:6]
    journals(path)[0].unlink()
    assert pains(store.read(path).session) == states[-1]
    with store.open(path) as opened:
        assert opened.notices == ()
        while opened.workbook.undo():
            pass
        assert pains(opened.session) == {}


def test_a_change_is_one_line_whatever_is_in_it(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.open(store.create(session_named())) as opened:
        change = opened.workbook.do(add_pain("p1", 'a\nb","edits":["\t\\'))
        assert change
        assert change_line(change).count(b"\n") == 1
        opened.workbook.do(set_pain("p1", "x"))
        opened.flush()
        assert pains(store.read(opened.path).session) == {"p1": "x"}
