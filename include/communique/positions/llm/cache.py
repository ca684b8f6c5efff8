"""Answers that were paid for once, kept by a hash of all that was asked."""

import dataclasses
import hashlib
import json
from pathlib import Path

from communique.positions.questions import Answer, Question


class AnswerCache:
    """A folder with one small file an answer; it may be deleted at any time."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def get(self, question: Question) -> Answer | None:
        """Give the answer to a question that this version was asked before."""
        try:
            return Answer(**json.loads(self._file(question).read_text("utf8")))
        except (OSError, ValueError, TypeError):
            return None

    def put(self, question: Question, answer: Answer) -> None:
        """Keep an answer; a crash leaves the whole file or none."""
        file = self._file(question)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(dataclasses.asdict(answer)), "utf8")
        beside.replace(file)

    def _file(self, question: Question) -> Path:
        asked = json.dumps([self._version, dataclasses.astuple(question)], ensure_ascii=False)
        name = hashlib.sha256(asked.encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.json"
