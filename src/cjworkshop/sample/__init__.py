"""The sample: a worked case carried through all seven steps, as a facilitator's finished session.

`va-outpatient.json` is an ordinary JSON export of a session, one record a line. The six phases, most names of the
moments and the bright spots of its journey are real, from the map that the U.S. Department of Veterans Affairs has
published; everything else in it is invented, and it says so itself in its charter, its sources, its decisions and
the limits of its summary.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_path() -> Path:
    """The sample's file as it is installed, in the shape of a JSON export. It is there to be read, not written."""
    return Path(str(files(__name__) / "va-outpatient.json"))
