"""The shipped judge: a small network that reads a question and a sentence as a pair."""
