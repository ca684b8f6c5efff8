"""One call to an OpenAI-compatible endpoint, tried again when the network or the server fails."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

_SECONDS = 60.0
_MOST_BYTES = 1_000_000
"""What a reply may take and hold: a server that trickles or never ends holds up no night."""
_TRIES = 3
_LONGEST_WAIT = 8.0
_BUSY = 429


class EndpointError(Exception):
    """The endpoint gave no reply that can be used; the message says why and holds no secret."""


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code == _BUSY or error.response.is_server_error
    return isinstance(error, httpx.TransportError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model answers: `url` ends before `/chat/completions`; `key` is never shown."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)

    def complete(self, messages: Sequence[Mapping], schema: Mapping) -> str:
        """Give the text of the reply, which the server was told to keep to the schema.

        Raises EndpointError when the third try fails, too, or the reply is no completion.
        """
        try:
            reply = json.loads(self._post(messages, schema))
            return reply["choices"][0]["message"]["content"]
        except httpx.HTTPStatusError as error:
            raise EndpointError(f"the server said {error.response.status_code}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EndpointError(f"{type(error).__name__} while calling the server") from error
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise EndpointError("the reply is no chat completion") from error

    @retry(
        retry=retry_if_exception(_may_pass),
        stop=stop_after_attempt(_TRIES),
        wait=wait_random_exponential(max=_LONGEST_WAIT),
        reraise=True,
    )
    def _post(self, messages: Sequence[Mapping], schema: Mapping) -> bytes:
        deadline = time.monotonic() + _SECONDS
        content = bytearray()
        with httpx.stream(
            "POST",
            f"{self.url.rstrip('/')}/chat/completions",
            headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            json={
                "model": self.model,
                "messages": messages,
                "temperature": 0,
                "seed": 1,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "answers", "strict": True, "schema": schema},
                },
            },
            timeout=_SECONDS,
            follow_redirects=False,
        ) as response:
            response.raise_for_status()
            for part in response.iter_bytes():
                content += part
                if len(content) > _MOST_BYTES:
                    raise EndpointError(f"the reply is longer than {_MOST_BYTES:,} bytes")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout(f"the reply takes longer than {_SECONDS:.0f} seconds")
        return bytes(content)
