"""cjworkshop: hold customer-journey workshops from a terminal.

This module imports nothing, so that `cjworkshop --version` costs nothing.
"""

__version__ = "0.1.0"
