"""One article's text to records of who said what, and according to whom."""

from communique.extraction.extractor import Extractor
from communique.extraction.gazetteer import Gazetteer
from communique.extraction.model.network import Network
from communique.extraction.tagger import find_attributions

__all__ = ["Extractor", "Gazetteer", "Network", "find_attributions"]
