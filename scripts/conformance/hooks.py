"""Says to Schemathesis who asks, and keeps it from ending whoever that is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.transport import SerializationContext

AIM = json.loads(Path(os.environ["CONFORMANCE_AIM"]).read_text())
# Operation id → the headers that say who asks: whoever was answered with success before.
CREDENTIALS: dict[str, dict[str, str]] = AIM["credentials"]
# Without them every further answer would be 401.
SPARED: frozenset[str] = frozenset(AIM["spared"])
NOBODY = "0198c0de-0000-7000-8000-000000000001"


def operation_of(case: schemathesis.Case, _context: schemathesis.AuthContext) -> str:
    return str(case.operation.definition.raw["operationId"])


@schemathesis.auth(cache_by_key=operation_of, refresh_interval=None)
class AsBefore:
    def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> dict[str, str] | None:
        return CREDENTIALS.get(operation_of(case, context))

    def set(self, case: schemathesis.Case, data: dict[str, str], context: schemathesis.AuthContext) -> None:
        case.headers.update(data)


@schemathesis.serializer("application/vnd.gatehouse.bundle.v1+gzip")
def as_bytes(context: SerializationContext, value: Any) -> dict[str, Any]:
    return {"data": value if isinstance(value, bytes) else str(value).encode()}


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    if case.method.upper() == "GET":
        return
    for name, value in case.path_parameters.items():
        if value in SPARED:
            case.path_parameters[name] = NOBODY
