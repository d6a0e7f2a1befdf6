package governance.publish_test

import data.governance.publish

_ids(answer) := {reason.id | some reason in answer.reasons}

test_no_fact_at_all_is_a_denial if publish.decision.outcome == "deny" with input as {}

test_an_unknown_action_is_a_denial if "publish.not_permitted" in _ids(publish.decision) with input as {"action": "other.action"}

test_no_vote_replaces_a_signature if {
	facts := {"action": "extension.approve", "publisher": {"id": "p1"}, "signature": {"state": "unsigned"}, "votes": _votes}
	"publish.unsigned" in _ids(publish.decision) with input as facts
}

test_members_do_not_review_their_own if {
	facts := {"action": "extension.approve", "publisher": {"id": "p2"}, "votes": _votes}
	"publish.self_review" in _ids(publish.decision) with input as facts
	not "publish.self_review" in _ids(publish.decision) with input as object.union(facts, {"publisher": {"id": "p1"}})
}

_votes := [{
	"voter": "v",
	"verdict": "approve",
	"scopes": ["extensions:review"],
	"publisher_id": "p2",
	"made_by_opener": false,
}]
