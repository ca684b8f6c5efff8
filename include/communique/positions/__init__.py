"""Where somebody stands, asked of a network sentence by sentence.

The questions, the passages they are asked of, and how a network reads them. No night uses them
yet: `communique.extraction.stances` still reads positions from the wording.
"""
