"""Training of the tagger that ships with the project: corpora to weights, with a report.

Needs the optional dependency group `train`; nothing else imports this package.
"""
