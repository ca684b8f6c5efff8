"""What leaves the warehouse as files: the marts for other tools, and pages that explain them."""

from communique.exports.folder import write_documentation, write_export

__all__ = ["write_documentation", "write_export"]
