"""Where the actors of an article stand on the propositions of the codebook, by its records."""

from communique.positions.codebook import Codebook
from communique.positions.judge import Judge

__all__ = ["Codebook", "Judge"]
