"""What the Python client makes of each vector: `vectors.py URL` reads vectors as JSON and writes what came of them."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from gatehouse import Answer, Gatehouse, Refusal, pages


def operation(client: Gatehouse, id: str) -> Any:
    group, _, method = id.partition(".")
    return getattr(getattr(client, group), re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", method).lower())


def responded(answer: Answer) -> Any:
    return {"response": {"status": answer.status, "text": answer.text()}}


def refused(refusal: Refusal) -> Any:
    wait = None if refusal.retry_after is None else refusal.retry_after * 1000
    return {"refused": {**refusal.problem, "retry_after_ms": wait}}


def did(client: Gatehouse, call: dict[str, Any]) -> Any:
    kind = call.pop("kind")
    if kind == "invoke":
        return responded(client.invoke(**call))
    if kind == "later":
        return responded(client.invoke_later(**call).answer())
    method = operation(client, call["operation"])
    given = {**call.get("params", {}), **call.get("query", {})}
    if "body" in call:
        given["body"] = call["body"]
    if kind == "pages":
        return {"items": list(pages(method, **given))}
    answer = method(**given)
    return {"held": answer} if isinstance(answer, dict) and "approval" in answer else {"answer": answer}


def make(url: str, index: int, vector: dict[str, Any]) -> Any:
    waits: list[float] = []
    client = Gatehouse(url, f"vector-{index}", random=lambda: 1.0, sleep=lambda seconds: waits.append(seconds * 1000))
    try:
        outcome = did(client, vector["call"])
    except Refusal as refusal:
        outcome = refused(refusal)
    return {"name": vector["name"], "outcome": outcome, "waits_ms": waits}


if __name__ == "__main__":
    json.dump([make(sys.argv[1], index, vector) for index, vector in enumerate(json.load(sys.stdin))], sys.stdout)
