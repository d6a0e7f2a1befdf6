package governance.call_test

import data.governance.call

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if call.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "call.not_permitted" in _ids(call.decision) with input as {"action": "other.action"}

test_operating_the_platform_opens_no_install_of_others if {
	facts := {"actor": {"tenant_id": "t0", "platform": true, "scopes": ["platform:operate"]}, "resource": {"tenant_id": "t1"}, "tenant": {"id": "t1"}}
	"call.wrong_tenant" in _ids(call.decision) with input as facts
}
