"""One article's text to records of who said what, according to whom, and where they stand."""

from communique.extraction.codebook import Codebook
from communique.extraction.extractor import Extractor
from communique.extraction.gazetteer import Gazetteer
from communique.extraction.model.network import Network
from communique.extraction.tagger import find_attributions

__all__ = ["Codebook", "Extractor", "Gazetteer", "Network", "find_attributions"]
