"""When a request is sent again. The same rules as those of the TypeScript client, held to the same vectors."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Callable, Mapping

# What they ask for holds once it has been done (RFC 9110, section 9.2.2).
_IDEMPOTENT = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}
_PASSING = {429, 502, 503, 504}
_FIRST = 0.25
_LONGEST_POLL = 5.0


def retry_after(header: str | None) -> float | None:
    """Seconds that a `Retry-After` header asks for; None where it says nothing that can be read."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def may_repeat(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request can be sent twice and happen once: by its method, or under a key that it is known by."""
    return method.upper() in _IDEMPOTENT or any(name.lower() == "idempotency-key" for name in headers)


def wait_before(
    attempt: int,
    status: int | None,
    asked: float | None,
    *,
    retries: int,
    max_wait: float,
    random: Callable[[], float],
) -> float | None:
    """Seconds to wait before a request that may be repeated is; None where it is not worth it."""
    if attempt >= retries:
        return None
    if status is not None and status not in _PASSING and not (status == 409 and asked is not None):
        return None
    wait = asked if asked is not None else random() * _FIRST * 2.0**attempt
    return None if wait > max_wait else wait


def poll_wait(asked: int, first: float | None) -> float:
    """Seconds before a call that runs on is asked for again, the first time as long as the service said."""
    if asked == 0:
        return first if first is not None else _FIRST
    return min(_LONGEST_POLL, _FIRST * 2.0**asked)
