"""What the generated groups of operations are called through."""

from __future__ import annotations

from typing import Any, Mapping, Protocol


class Send(Protocol):
    """Sends a request of an operation and gives its answer: JSON, or text where that is none."""

    def __call__(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any],
        query: Mapping[str, Any],
        body: Any = None,
        media: str = "application/json",
    ) -> Any: ...


class Group:
    """Operations whose ids begin alike, such as `installs.create` and `installs.list`."""

    def __init__(self, send: Send) -> None:
        self._send = send
