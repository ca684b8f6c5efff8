"""Dump folders to articles: a reader a format, refusals with reasons, blocks with functions."""

from communique.dumps.blocks import label_blocks
from communique.dumps.delivery import Delivery
from communique.dumps.files import list_files, read_file
from communique.dumps.refusals import Reason

__all__ = ["Delivery", "Reason", "label_blocks", "list_files", "read_file"]
