"""The seven steps as data, one file a step: row types, prompts, agenda, readiness, deliverable."""
