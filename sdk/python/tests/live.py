"""The same steps with the real service as `sdk/vectors/live.ts` takes: JSON in, JSON out."""

from __future__ import annotations

import json
import sys
from typing import Any

from gatehouse import Gatehouse, Refusal, pages


def problem(owner: Gatehouse) -> Any:
    try:
        return owner.keys.create(body={"name": ""})
    except Refusal as refusal:
        return {"code": refusal.code, "pointers": [each["pointer"] for each in refusal.problem["errors"]]}


def live(given: Any) -> Any:
    owner = Gatehouse(given["url"], given["owner"])
    member = Gatehouse(given["cutting"], given["member"])
    made = [owner.keys.create(body={"name": name}) for name in given["names"]]
    once = member.invoke(given["extension"], "/items/1", body="{}")
    later = member.invoke_later(given["extension"], "/items/2", body="{}").answer()
    return {
        "made": [key["name"] for key in made],
        "listed": [key["name"] for key in pages(owner.keys.list, limit=1)],
        "problem": problem(owner),
        "once": {"status": once.status, "replayed": once.headers.get("idempotent-replayed"), "path": once.json()["path"]},
        "later": {"status": later.status, "path": later.json()["path"]},
    }


if __name__ == "__main__":
    json.dump(live(json.load(sys.stdin)), sys.stdout)
