"""A nightly news warehouse: who said what, according to whom, and where they stand."""
