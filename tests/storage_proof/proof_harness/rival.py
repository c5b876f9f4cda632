"""One of several processes that want the same session: opens it again and again, adds a note, is killed now and then.

python rival.py SESSION ACKNOWLEDGEMENTS NAME TURNS

Prints one line: how often it was in, how often the session was open elsewhere.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cjworkshop.storage.lock import OpenElsewhere
from cjworkshop.storage.save_state import Save
from cjworkshop.storage.sessions import SessionStore
from proof_harness.script import CATALOGUE, add


def main() -> None:
    """Take so many turns."""
    path, reports, name, turns = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    report = os.open(reports, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    store = SessionStore(path.parent, CATALOGUE)
    inside = outside = 0
    while inside < turns:
        try:
            opened = store.open(path)
        except OpenElsewhere:
            outside += 1
            time.sleep(0.001)
            continue
        inside += 1
        row_id = f"{name}-{inside}"
        opened.workbook.do(add(row_id))
        if opened.flush().kind is Save.SAVED:
            os.write(report, f"{row_id}\n".encode())
        if inside == turns and name.startswith("doomed"):
            os._exit(9)
        opened.close()
    print(inside, outside)  # noqa: T201 - what its parent reads


if __name__ == "__main__":
    main()
