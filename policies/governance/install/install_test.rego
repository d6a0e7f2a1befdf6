package governance.install_test

import data.governance.install

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if install.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "install.not_permitted" in _ids(install.decision) with input as {"action": "other.action"}

test_uninstalling_asks_only_who_does_it if {
	_ids(install.decision) == {"install.anonymous", "install.cross_tenant", "install.scope_missing"} with input as {"action": "install.uninstall"}
}

test_a_consent_of_another_grant_is_no_consent if {
	facts := {"action": "install.create", "consent": {"given": true, "covers": false}}
	"install.consent_stale" in _ids(install.decision) with input as facts
}
