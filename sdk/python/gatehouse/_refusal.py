"""What is raised where the service refuses."""

from __future__ import annotations

import json
from typing import Any, Mapping


class Refusal(Exception):
    """The service said no, or could not be reached. `problem` is the RFC 9457 body: it says why and what to do.

    Of what came from elsewhere the client makes a problem itself: its codes are `http.` and the status, and
    `service.unreachable` with the status 0.
    """

    def __init__(self, problem: Mapping[str, Any], retry_after: float | None = None) -> None:
        super().__init__(problem.get("detail") or problem["title"])
        self.problem = problem
        #: Seconds after which the service asks to be tried again; None where it said nothing of it.
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return int(self.problem["status"])

    @property
    def code(self) -> str:
        return str(self.problem["code"])

    @property
    def remedy(self) -> str | None:
        return self.problem.get("remedy")

    @property
    def is_of_gatehouse(self) -> bool:
        """Whether Gatehouse itself refused, and not an extension or something on the way."""
        return str(self.problem.get("type", "")).startswith("urn:gatehouse:problem:")

    def at(self, pointer: str) -> Mapping[str, Any] | None:
        """What is wrong with a field, by its RFC 6901 pointer, such as `/name`."""
        return next((each for each in self.problem.get("errors", []) if each["pointer"] == pointer), None)

    @classmethod
    def of(cls, status: int, reason: str, body: bytes, retry_after: float | None) -> Refusal:
        """Reads the problem out of an answer; a body of any other kind becomes a problem that says so."""
        text = body.decode("utf-8", "replace")
        try:
            problem = json.loads(text)
            if isinstance(problem, dict) and isinstance(problem.get("code"), str):
                return cls({**problem, "status": status}, retry_after)
        except ValueError:
            pass  # Not JSON: the body is shown as it came.
        return cls({"status": status, "code": f"http.{status}", "title": reason, "detail": text[:500]}, retry_after)

    @classmethod
    def unreachable(cls, url: str, cause: BaseException) -> Refusal:
        """Nobody answered at that address."""
        return cls(
            {
                "status": 0,
                "code": "service.unreachable",
                "title": f"No answer from {url}",
                "detail": f"{type(cause).__name__}: {cause}",
                "remedy": "Start the service, or name the address at which it listens",
            }
        )
