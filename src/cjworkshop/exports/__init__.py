"""Sessions into files: a format-neutral report, and one module a format."""
