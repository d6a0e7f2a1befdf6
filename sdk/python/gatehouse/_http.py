"""One HTTP request after the other, by the standard library alone: no redirects, no proxies, no cookies."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any, Mapping
from urllib.parse import quote, urlencode, urlsplit

from ._refusal import Refusal

# Left as they are by encodeURIComponent.
_UNRESERVED = "!~*'()"


@dataclass(frozen=True)
class Answer:
    """What came back. Names of headers are in lower case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_written(each) for each in value)
    return str(value)


def target(path: str, params: Mapping[str, Any], query: Mapping[str, Any]) -> str:
    """The path with its parameters, and the query without what is None. `{path}` takes the rest of a path as it is."""
    for name, value in params.items():
        path = path.replace("{" + name + "}", str(value) if name == "path" else quote(str(value), safe=_UNRESERVED))
    asked = urlencode({name: _written(value) for name, value in query.items() if value is not None})
    return f"{path}?{asked}" if asked else path


def once(base: str, method: str, path: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Answer:
    """Sends a request once. Raises `Refusal` where nobody answers, or not to the end."""
    where = urlsplit(base)
    kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    connection = kind(where.hostname or "", where.port, timeout=timeout)
    try:
        connection.request(method, path, body=body, headers=dict(headers))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, response.reason, found, response.read())
    except (OSError, http.client.HTTPException) as error:
        raise Refusal.unreachable(base, error) from error
    finally:
        connection.close()
