"""Dump folders to articles: a reader a format, refusals with reasons, blocks with functions."""

from communique.dumps.blocks import label_blocks
from communique.dumps.delivery import Delivery, OpenFile, Origin, RawRecord
from communique.dumps.files import hash_file, list_files, size_of
from communique.dumps.readers import FORMATS
from communique.dumps.reading import build, open_file, read_file
from communique.dumps.refusals import Reason
from communique.dumps.repeats import Repeats, Traits, outlet_of, traits_of
from communique.dumps.signatures import sign

__all__ = [
    "FORMATS",
    "Delivery",
    "OpenFile",
    "Origin",
    "RawRecord",
    "Reason",
    "Repeats",
    "Traits",
    "build",
    "hash_file",
    "label_blocks",
    "list_files",
    "open_file",
    "outlet_of",
    "read_file",
    "sign",
    "size_of",
    "traits_of",
]
