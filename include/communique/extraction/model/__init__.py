"""The trained tagger at run time: text to windows, windows to scores, scores to spans."""
