# METADATA
# title: Votes
# description: Who may vote on what waits for an approval.
# schemas:
#   - input: schema.admin
package governance.admin.families.approvals

import data.governance.actor

# METADATA
# title: Words of reasons
# description: What a reason says besides its id.
params["admin.vote_scope_missing"] := {"scope": input.approval.eligible_scope}

# METADATA
# title: Nothing to vote on
# description: A vote names the approval it is about.
# custom:
#   id: admin.vote_unbound
#   remedy: Vote on one of the approvals that are open.
deny contains "admin.vote_unbound" if {
	input.action == "approval.vote"
	is_null(input.approval)
}

# METADATA
# title: Your own request
# description: Whoever asked for something does not vote on it.
# custom:
#   id: admin.self_vote
#   remedy: Have somebody else vote.
#   patch:
#     - {op: replace, path: /approval/opened_by_actor, value: false}
deny contains "admin.self_vote" if {
	input.action == "approval.vote"
	not input.approval.opened_by_actor == false
}

# METADATA
# title: A vote of the opener's making
# description: A vote does not count where whoever opened the matter made the voter or issued the voter's key, be it through others. What a service account opens counts as opened, too, by whoever made it, answers for it or issued its credentials.
# custom:
#   id: admin.vote_made_by_opener
#   remedy: Have somebody vote whom neither the opener nor anybody behind its service account made, with a key that none of them issued.
#   patch:
#     - {op: replace, path: /approval/voter_made_by_opener, value: false}
deny contains "admin.vote_made_by_opener" if {
	input.action == "approval.vote"
	not input.approval.voter_made_by_opener == false
}

# METADATA
# title: You have voted
# description: Each person has one vote.
# custom:
#   id: admin.voted_already
#   remedy: Wait for the others to vote.
#   patch:
#     - {op: replace, path: /approval/voted_already, value: false}
deny contains "admin.voted_already" if {
	input.action == "approval.vote"
	not input.approval.voted_already == false
}

# METADATA
# title: Not yours to vote on
# description: Those who may vote hold the scope that the matter itself asks for.
# custom:
#   id: admin.vote_scope_missing
#   remedy: Leave the vote to somebody who holds that scope.
deny contains "admin.vote_scope_missing" if {
	input.action == "approval.vote"
	not _eligible
}

_eligible if input.approval.eligible_scope in input.actor.scopes

# METADATA
# title: A matter of your own publisher
# description: Members of a publisher do not vote on what that publisher submitted.
# custom:
#   id: admin.vote_own_publisher
#   remedy: Have somebody outside the publisher vote.
deny contains "admin.vote_own_publisher" if {
	input.action == "approval.vote"
	not _outside_publisher
}

_outside_publisher if input.approval.subject_publisher_id == null

_outside_publisher if input.approval.subject_publisher_id != input.actor.publisher_id

# METADATA
# title: A matter of another organisation
# description: What concerns one organisation is voted on by its own people or by the platform's.
# custom:
#   id: admin.vote_cross_tenant
#   hidden: true
#   remedy: Vote on matters of your own organisation.
deny contains "admin.vote_cross_tenant" if {
	input.action == "approval.vote"
	not _concerned
}

_concerned if input.approval.subject_tenant_id == null

_concerned if input.approval.subject_tenant_id == input.actor.tenant_id

# What an organisation adds to policy for itself it agrees on by itself.
_concerned if {
	actor.operates_platform
	input.approval.kind != "tenant_policy"
}

# METADATA
# title: The vote is closed
# description: The approval was settled, ran out or was withdrawn.
# custom:
#   id: admin.vote_closed
#   remedy: Nothing is left to do here.
#   patch:
#     - {op: replace, path: /approval/state, value: open}
deny contains "admin.vote_closed" if {
	input.action == "approval.vote"
	not input.approval.state == "open"
}

# METADATA
# title: It has changed meanwhile
# description: A vote counts for exactly what the voter was shown, and that is not what would be done now.
# custom:
#   id: admin.vote_digest_mismatch
#   remedy: Look at it again, then vote.
#   patch:
#     - {op: replace, path: /approval/digest_matches, value: true}
deny contains "admin.vote_digest_mismatch" if {
	input.action == "approval.vote"
	not input.approval.digest_matches
}
