package governance.enforcement_test

import data.governance.enforcement

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if enforcement.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "enforcement.not_permitted" in _ids(enforcement.decision) with input as {"action": "other.action"}

test_an_empty_severity_reason_is_none if {
	facts := {"rung": {"steps": 3}, "severity_reason": ""}
	"enforcement.rung_skipped" in _ids(enforcement.decision) with input as facts
}
