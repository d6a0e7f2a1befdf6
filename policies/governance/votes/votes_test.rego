package governance.votes_test

import data.governance.votes

_vote := {"voter": "another", "verdict": "approve", "scopes": ["a:b"], "made_by_opener": false}

_counts(changes) if votes.approvers([object.union(_vote, changes)], "a:b", "asker") == {"another"}

test_a_vote_of_somebody_else_with_the_scope_counts if _counts({})

test_no_other_vote_counts if {
	not _counts({"verdict": "deny"})
	not _counts({"scopes": ["a:c"]})
	not _counts({"made_by_opener": true})
	votes.approvers([object.union(_vote, {"voter": "asker"})], "a:b", "asker") == set()
}

test_each_voter_counts_once if count(votes.approvers([_vote, _vote], "a:b", "asker")) == 1
