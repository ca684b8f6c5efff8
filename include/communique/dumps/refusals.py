"""Why a record cannot be used: one code, one sentence for a person."""

from enum import StrEnum


class Reason(StrEnum):
    """The reasons for refusing a record or a whole file."""

    EMPTY_FILE = "empty_file"
    UNREADABLE_FILE = "unreadable_file"
    UNSUPPORTED_FORMAT = "unsupported_format"
    DAMAGED_ARCHIVE = "damaged_archive"
    UNSAFE_ARCHIVE = "unsafe_archive"
    RECORD_TOO_LARGE = "record_too_large"
    INVALID_ENCODING = "invalid_encoding"
    INVALID_JSON = "invalid_json"
    INVALID_CSV = "invalid_csv"
    INVALID_XML = "invalid_xml"
    INVALID_DUMP_SETTINGS = "invalid_dump_settings"
    NOT_AN_ARTICLE = "not_an_article"
    NO_TEXT = "no_text"
    TRUNCATED_TEXT = "truncated_text"
    TEXT_TOO_LONG = "text_too_long"


class RefusedError(Exception):
    """A record or file that cannot be used; the text says why and what to do."""

    def __init__(self, code: Reason, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason
