package governance.admin_test

import data.governance.admin

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if admin.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "admin.not_permitted" in _ids(admin.decision) with input as {"action": "other.action"}

test_bootstrap_is_open_to_nobody_without_its_token if {
	facts := {"action": "platform.bootstrap", "bootstrap": null}
	{"admin.bootstrap_closed", "admin.bootstrap_token_invalid"} & _ids(admin.decision) == {"admin.bootstrap_closed", "admin.bootstrap_token_invalid"} with input as facts
}

test_a_key_without_role_facts_is_refused if {
	"admin.role_beyond_own" in _ids(admin.decision) with input as {"action": "key.create", "role_grant": null}
}

test_a_token_without_its_facts_is_refused if {
	{"admin.token_beyond_grant", "admin.token_too_long"} & _ids(admin.decision) == {"admin.token_beyond_grant", "admin.token_too_long"} with input as {"action": "runtime_token.create"}
}
