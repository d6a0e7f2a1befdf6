"""The client."""

from __future__ import annotations

import json
import random as chance
import threading
import uuid
from typing import Any, Callable, Iterator, Mapping, ParamSpec

from ._http import Answer, once, target
from ._operations import Operations
from ._refusal import Refusal
from ._retry import may_repeat, poll_wait, retry_after, wait_before

_P = ParamSpec("_P")


class Cancelled(Exception):
    """The caller set the `cancel` event."""


class Gatehouse(Operations):
    """A client of every operation of the OpenAPI document: `Gatehouse(url, key).installs.list(limit=10)`.

    An operation gives the answer's JSON, typed, or `Held` (it has an `approval`) where a person must settle it first.
    It raises `Refusal` where the service refuses or cannot be reached. Requests that may be repeated are, up to
    `retries` times, after the wait that the service asks for, if that is no longer than `max_wait` seconds.
    `timeout` is seconds for each wait on the network. `cancel` ends the waits, and what would be sent next.
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        retries: int = 2,
        timeout: float = 30.0,
        max_wait: float = 30.0,
        cancel: threading.Event | None = None,
        sleep: Callable[[float], object] | None = None,
        random: Callable[[], float] = chance.random,
    ) -> None:
        super().__init__(self._send)
        self._url, self._key, self._timeout = url, key, timeout
        self._retries, self._max_wait, self._random = retries, max_wait, random
        self._cancel = cancel or threading.Event()
        self._sleep = sleep or self._cancel.wait

    def invoke(
        self,
        extension: str,
        path: str,
        *,
        method: str = "POST",
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        key: str | None = None,
        keyed: bool = True,
    ) -> Answer:
        """Calls an endpoint of an extension and gives its answer, whatever its status; raises what Gatehouse refuses.

        A POST or PATCH goes under an idempotency key, `key` or a new one, so that it can be repeated; `keyed=False`
        sends none.
        """
        sent = self._invocation(method, headers, body, key, keyed)
        return self._answered(method, self._endpoint(extension, path, query), *sent)

    def invoke_later(
        self,
        extension: str,
        path: str,
        *,
        method: str = "POST",
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        key: str | None = None,
        keyed: bool = True,
    ) -> LaterCall:
        """Like `invoke`, but does not wait for the extension: `answer()` of what it gives does."""
        wished = {**(headers or {}), "prefer": "respond-async"}
        sent = self._invocation(method, wished, body, key, keyed)
        answer = self._checked(self._exchange(method, self._endpoint(extension, path, query), *sent))
        return LaterCall(self, answer.json()["id"], retry_after(answer.headers.get("retry-after")))

    def _endpoint(self, extension: str, path: str, query: Mapping[str, Any] | None) -> str:
        return target("/api/ext/{id}/{path}", {"id": extension, "path": path.removeprefix("/")}, query or {})

    def _invocation(
        self, method: str, headers: Mapping[str, str] | None, body: bytes | str | None, key: str | None, keyed: bool
    ) -> tuple[dict[str, str], bytes | None]:
        sent = {"accept": "*/*"}
        if body is not None:
            sent["content-type"] = "application/json"
        if key is not None or (keyed and not may_repeat(method, {})):
            sent["idempotency-key"] = f'"{key or uuid.uuid4()}"'
        sent.update({name.lower(): value for name, value in (headers or {}).items()})
        return sent, body.encode() if isinstance(body, str) else body

    def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any],
        query: Mapping[str, Any],
        body: Any = None,
        media: str = "application/json",
    ) -> Any:
        headers = {"accept": "application/json"}
        sent: bytes | None = None
        if body is not None:
            headers["content-type"] = media
            sent = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        answer = self._checked(self._exchange(method, target(path, params, query), headers, sent))
        kind = answer.headers.get("content-type", "")
        return answer.json() if "json" in kind and "jsonl" not in kind else answer.text()

    def _checked(self, answer: Answer) -> Answer:
        if answer.ok:
            return answer
        raise self._refusal(answer)

    def _answered(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        answer = self._exchange(method, path, headers, body)
        refusal = None if answer.ok else self._refusal(answer)
        if refusal is not None and refusal.is_of_gatehouse:
            raise refusal
        return answer

    def _refusal(self, answer: Answer) -> Refusal:
        return Refusal.of(answer.status, answer.reason, answer.body, retry_after(answer.headers.get("retry-after")))

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Sends a request, again where it may be repeated and that may help."""
        named = {"authorization": f"Bearer {self._key}", **headers} if self._key else dict(headers)
        repeatable = may_repeat(method, named)
        attempt = 0
        while True:
            answer: Answer | None = None
            failure: Refusal | None = None
            self._pass()
            try:
                answer = once(self._url, method, path, named, body, self._timeout)
            except Refusal as error:
                failure = error
            wait = self._wait(attempt, answer) if repeatable else None
            if wait is not None:
                self._pause(wait)
                attempt += 1
            elif answer is not None:
                return answer
            elif failure is not None:
                raise failure

    def _wait(self, attempt: int, answer: Answer | None) -> float | None:
        status = None if answer is None else answer.status
        asked = None if answer is None else retry_after(answer.headers.get("retry-after"))
        limits = {"retries": self._retries, "max_wait": self._max_wait}
        return wait_before(attempt, status, asked, random=self._random, **limits)  # type: ignore[arg-type]

    def _pause(self, seconds: float) -> None:
        self._sleep(seconds)
        self._pass()

    def _pass(self) -> None:
        if self._cancel.is_set():
            raise Cancelled()


class LaterCall:
    """A call of an extension that was not waited for. `id` also names the execution and the decision that allowed it."""

    def __init__(self, client: Gatehouse, id: str, first_wait: float | None) -> None:
        self.id = id
        self._client, self._first_wait = client, first_wait

    def show(self) -> Any:
        """How the call stands."""
        return self._client.calls.show(id=self.id)

    def answer(self) -> Answer:
        """Waits until it runs no more, and gives the extension's answer. Raises `Refusal` where there came none."""
        asked = 0
        while True:
            self._client._pause(poll_wait(asked, self._first_wait))
            if self.show()["state"] != "running":
                break
            asked += 1
        return self._client._answered("GET", f"/v1/calls/{self.id}/result", {"accept": "*/*"}, None)


def pages(operation: Callable[_P, Any], *args: _P.args, **kwargs: _P.kwargs) -> Iterator[Any]:
    """Every item of a list, page after page as they are asked for: `pages(client.installs.list, limit=50)`."""
    page = operation(*args, **kwargs)
    yield from page["items"]
    while page["next_cursor"] is not None:
        page = operation(*args, **{**kwargs, "cursor": page["next_cursor"]})
        yield from page["items"]
