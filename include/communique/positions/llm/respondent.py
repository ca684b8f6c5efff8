"""Answers questions with a language model, and with another respondent where it does not."""

from collections.abc import Sequence

from communique.positions.llm.cache import AnswerCache
from communique.positions.llm.endpoint import Endpoint, EndpointError
from communique.positions.llm.prompt import SCHEMA, VERSION, gives_orders, messages, read_reply
from communique.positions.questions import Answer, Question, Respondent
from communique.records import make_id

_BATCH = 12
_FAILURES = 3
"""After how many failed requests in a row the endpoint is left alone for the night."""


class LlmRespondent:
    """Asks an endpoint at most `budget` times; a `Respondent`.

    `fallback` answers what speaks to a model, what is over the budget and what failed.
    """

    def __init__(
        self, endpoint: Endpoint, cache: AnswerCache, budget: int, fallback: Respondent
    ) -> None:
        self._endpoint = endpoint
        self._cache = cache
        self._left = budget
        self._fallback = fallback
        self._failures = 0
        self._last_failure: str | None = None
        self._answered = self._remembered = self._handed_over = 0

    @property
    def version(self) -> str:
        """Identify the model and who stands in for it."""
        return make_id(VERSION, self._endpoint.model, self._fallback.version)

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell who answered how much, and why the model did not answer all."""
        counts = (
            f"{self._endpoint.model} answered {self._answered:,} questions, "
            f"{self._remembered:,} from before; the local network answered "
            f"{self._handed_over:,} in its place"
        )
        reasons = [f"the last failure was: {self._last_failure}"] if self._last_failure else []
        if self._left <= 0:
            reasons.append("the night's budget of requests is spent")
        return ("; ".join([counts, *reasons]), *self._fallback.notes)

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer each question, in order."""
        answers: dict[int, Answer] = {}
        to_ask: list[int] = []
        for number, question in enumerate(questions):
            known = self._cache.get(question)
            if known:
                answers[number] = known
                self._remembered += 1
            elif not gives_orders(question):
                to_ask.append(number)
        for start in range(0, len(to_ask), _BATCH):
            batch = to_ask[start : start + _BATCH]
            answers.update(zip(batch, self._ask([questions[n] for n in batch]), strict=False))
        rest = [number for number in range(len(questions)) if number not in answers]
        self._handed_over += len(rest)
        answers.update(zip(rest, self._fallback.answer([questions[n] for n in rest]), strict=True))
        return [answers[number] for number in range(len(questions))]

    def _ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Give all answers or, where the endpoint fails or is not to be asked, none."""
        if self._left <= 0 or self._failures >= _FAILURES:
            return []
        self._left -= 1
        try:
            reply = self._endpoint.complete(messages(questions), SCHEMA)
            answers = read_reply(reply, questions)
        except (EndpointError, ValueError) as error:
            self._failures += 1
            self._last_failure = str(error)
            return []
        self._failures = 0
        self._answered += len(answers)
        for question, answer in zip(questions, answers, strict=True):
            self._cache.put(question, answer)
        return answers
