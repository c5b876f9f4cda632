"""What all tests share: the terminal they believe to be on, and how thoroughly hypothesis searches.

Rich keeps with a style the escape codes of the first console that showed it. An app of one test would get the colours
of another test's terminal (a picture is taken in all colours, whatever the machine's own has), by the order in which
the tests run: so that they have all the same one.

`HYPOTHESIS_PROFILE=deep` searches long and at random; the default finds the same examples each time, so that a run of
the continuous integration never fails by chance.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
for name in ("NO_COLOR", "FORCE_COLOR", "TEXTUAL_COLOR_SYSTEM"):
    os.environ.pop(name, None)

settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("deep", settings.get_profile("quick"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
