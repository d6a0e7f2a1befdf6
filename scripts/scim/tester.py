"""Has scim2-tester, scim2-models and scim2-cli look at a SCIM service: one line of JSON a check.

SCIM_URL is its address up to /scim/v2, SCIM_TOKEN a token. The only argument says which of them: tester, models or cli.
"""

import json
import os
import random
import subprocess
import sys

from httpx2 import Client
from pydantic import BaseModel
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import Context, Extension, Resource, ResourceType, Schema, ServiceProviderConfig
from scim2_tester import Status, check_server

URL, TOKEN = os.environ["SCIM_URL"], os.environ["SCIM_TOKEN"]
BEARER = f"Bearer {TOKEN}"
TIMEOUT_S = 120
# What the tool thinks better otherwise (DEVIATION) counts as failed as well: none of it is to be passed over in silence.
OUTCOMES = {
    Status.SUCCESS: "passed",
    Status.COMPLIANT: "passed",
    Status.ACCEPTABLE: "passed",
    Status.SKIPPED: "skipped",
}


def told(name, outcome, why=None, differs=()):
    line = {"name": name, "outcome": outcome}
    if outcome != "passed":
        line |= {"why": str(why)[:2000], "differs": sorted(differs)}
    print(json.dumps(line), flush=True)


def client():
    return Client(base_url=URL, headers={"Authorization": BEARER}, timeout=TIMEOUT_S)


def plain(value):
    if isinstance(value, BaseModel):
        return value.model_dump()
    return [plain(each) for each in value] if isinstance(value, list) else value


def parts_that_differ(expected, actual):
    """Names of the parts of a complex value, or of entries of a list, that are not the same; `*` where more than parts differs."""
    expected, actual = plain(expected), plain(actual)
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return set().union(*(parts_that_differ(*pair) for pair in zip(expected, actual)))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {name for name in expected.keys() | actual.keys() if expected.get(name) != actual.get(name)}
    return set() if expected == actual else {"*"}


def check_by_tester():
    random.seed(1)  # of its choices; its names are always new
    for result in check_server(SyncSCIMClient(client())):
        data = result.data if isinstance(result.data, dict) else {}
        about = f":{data['urn']}" if "urn" in data else ""
        differs = ()
        if "expected" in data:
            differs = parts_that_differ(data["expected"], data.get("actual", data.get("modify_actual")))
        name = f"scim2-tester {result.resource_type or 'Service'}:{result.title}{about}"
        told(name, OUTCOMES.get(result.status, "failed"), result.reason, differs)


def unlike(served, read, at=""):
    """Places where what the models have read is not what was served; lists that are empty say nothing."""
    if isinstance(served, dict) and isinstance(read, dict):
        for name in served.keys() | read.keys():
            yield from unlike(served.get(name), read.get(name), f"{at}.{name}")
    elif isinstance(served, list) and isinstance(read, list) and len(served) == len(read):
        for index, pair in enumerate(zip(served, read)):
            yield from unlike(*pair, f"{at}[{index}]")
    elif served != read and not (served == [] and read is None):
        yield f"{at}: {served!r} was read as {read!r}"


def check_by_models():
    http = client()
    for path, model in (("Schemas", Schema), ("ResourceTypes", ResourceType), ("ServiceProviderConfig", ServiceProviderConfig)):
        served = http.get(f"/{path}").json()
        for one in served.get("Resources", [served]):
            name = f"scim2-models reads {path} {one.get('id', '')}".strip()
            try:
                read = model.model_validate(one, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
                wrong = list(unlike(one, read.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)))
                if model is Schema:
                    made = (Extension if ":extension:" in one["id"] else Resource).from_schema(read)
                    missing = {each["name"] for each in one["attributes"]} - {
                        field.serialization_alias or name for name, field in made.model_fields.items()
                    }
                    wrong += [f"its model has no {each}" for each in missing]
                told(name, "failed" if wrong else "passed", "; ".join(wrong))
            except Exception as error:  # whatever the models raise is what this looks for
                told(name, "failed", repr(error))


def check_by_cli():
    def scim2(*arguments):
        environment = {"PATH": os.environ["PATH"], "SCIM_CLI_HEADERS": f"Authorization: {BEARER}"}
        program = os.path.join(os.path.dirname(sys.executable), "scim2")
        return subprocess.run(
            [program, "--url", URL, *arguments],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
        )

    def step(name, *arguments, fails=False, **expected):
        run = scim2(*arguments)
        try:
            body = json.loads(run.stdout or "{}")
        except ValueError:
            body = {}
        wrong = {each: body.get(each) for each, wanted in expected.items() if body.get(each) != wanted}
        is_right = not wrong and (run.returncode != 0) == fails
        why = f"exit {run.returncode}, {wrong}: {run.stdout[-500:]} {run.stderr[-500:]}"
        told(f"scim2-cli {name}", "passed" if is_right else "failed", why)
        return body

    step("reads the schemas", "query", "schema", totalResults=3)
    user = "scim2@cli-conversation.example"
    made = step("adds a person", "create", "user", "--user-name", user, "--title", "T", userName=user, title="T", active=True)
    one = made.get("id", "none")
    step("reads them", "query", "user", one, id=one, userName=user)
    step("finds them", "query", "user", "--filter", f'userName eq "{user}"', totalResults=1)
    step("changes them", "modify", "user", one, "replace", "title", "Q", "replace", "active", "false", title="Q", active=False)
    step("deletes them", "delete", "user", one)
    step("finds them no more", "query", "user", one, fails=True, status="404")


PARTS = {"tester": check_by_tester, "models": check_by_models, "cli": check_by_cli}
PARTS[sys.argv[1]]()
