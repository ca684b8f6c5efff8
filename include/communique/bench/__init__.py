"""Timing the line: a whole night, the linking of names, and years of nights."""

from communique.bench.night import (
    LinkingMeasurement,
    Measurement,
    measure,
    measure_linking,
)

__all__ = ["LinkingMeasurement", "Measurement", "measure", "measure_linking"]
