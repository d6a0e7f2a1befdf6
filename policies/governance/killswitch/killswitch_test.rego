package governance.killswitch_test

import data.governance.killswitch

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if killswitch.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "killswitch.not_permitted" in _ids(killswitch.decision) with input as {"action": "other.action"}

test_a_publisher_without_id_owns_nothing if {
	facts := {"action": "kill.engage", "actor": {"publisher_id": null}, "kill": {"scope": "extension", "target_publisher_id": null}}
	"killswitch.not_platform" in _ids(killswitch.decision) with input as facts
}

test_engaging_does_not_wait_for_votes if {
	facts := {"action": "kill.engage", "votes": []}
	not "killswitch.release_needs_second_person" in killswitch.hold with input as facts
}
