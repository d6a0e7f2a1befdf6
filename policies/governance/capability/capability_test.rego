package governance.capability_test

import data.governance.capability

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if capability.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "capability.not_permitted" in _ids(capability.decision) with input as {"action": "other.action"}

test_a_grant_is_worth_nothing_without_declaration if {
	facts := {"capability": {"name": "kv.get", "permission": "kv:read"}, "granted": ["kv:read"], "declared": []}
	_ids(capability.decision) & {"capability.undeclared", "capability.not_granted"} == {"capability.undeclared"} with input as facts
}

test_two_argument_objects_do_not_fit if {
	facts := {"capability": {"name": "kv.get"}, "kv": {}, "http": {}, "secret": null, "log": null}
	"capability.arguments_invalid" in _ids(capability.decision) with input as facts
}
