"""What the evidence says: pure functions from a session to findings."""
