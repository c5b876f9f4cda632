"""The command line."""

import gc

# Starting makes a hundred thousand objects that stay: to look through them for garbage takes a tenth of the time.
gc.set_threshold(50_000, 20, 20)
