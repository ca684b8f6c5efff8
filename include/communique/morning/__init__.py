"""The morning report: what one night brought, as one page to read at breakfast."""

from communique.morning.page import write_report

__all__ = ["write_report"]
