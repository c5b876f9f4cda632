"""The conditions that make each step ready: one file a step, as in `method`.

Each module has `CHECKS`: a function for each condition's key that yields what is missing for it; nothing missing means
that the condition is met.
"""
