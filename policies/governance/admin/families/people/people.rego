# METADATA
# title: People
# description: Who leaves, and that an organisation keeps an owner.
# schemas:
#   - input: schema.admin
package governance.admin.families.people

import data.governance.votes

# METADATA
# title: What a hold asks for
# description: Somebody else who may change people has to agree that a person is erased.
approval := {
	"kind": "erasure",
	"scope": input.required_scope,
	"quorum": data.platform.policy.activation_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

# METADATA
# title: The last owner stays
# description: An organisation keeps an active owner; the last one is neither disabled nor erased, keeps the role, and does not leave.
# custom:
#   id: admin.last_owner
#   remedy: "Make somebody else an owner first: gatehouse organisations transfer PERSON."
#   patch:
#     - {op: replace, path: /ownership/owners_left, value: 1}
deny contains "admin.last_owner" if {
	not _owner_stays
	input.action in {"person.update", "person.erase", "person.leave"}
}

_owner_stays if input.ownership.takes_owner == false

_owner_stays if input.ownership.owners_left > 0

# METADATA
# title: One leaves by oneself
# description: A person ends their own membership, and nobody's but their own; a service account has none.
# custom:
#   id: admin.leaves_oneself
#   remedy: Leave as the person whose membership it is; whoever may change people disables others.
deny contains "admin.leaves_oneself" if {
	input.action == "person.leave"
	not _leaves_oneself
}

_leaves_oneself if {
	input.actor.kind == "user"
	input.resource.kind == "person"
	input.resource.id == input.actor.id
}

_erases if input.action == "person.erase"

# METADATA
# title: Erasing was refused
# description: Somebody who was asked voted against erasing the person.
# custom:
#   id: admin.erasure_denied
#   remedy: Settle what speaks against it, then ask again.
#   patch:
#     - {op: replace, path: /erasure/votes, value: []}
deny contains "admin.erasure_denied" if {
	_erases
	not _erasure_unopposed
}

_erasure_unopposed if {
	every vote in input.erasure.votes {
		vote.verdict == "approve"
	}
}

# METADATA
# title: Erasing takes a second person
# description: Nobody erases a person alone; what is erased does not come back.
# custom:
#   id: admin.erasure_needs_second_person
#   remedy: Wait until somebody else who may change people agrees.
#   patch:
#     - {op: add, path: /erasure/votes/-, value: {voter: another, verdict: approve, scopes: ["people:write"], publisher_id: null, made_by_opener: false}}
hold contains "admin.erasure_needs_second_person" if {
	_erases
	not _erasure_agreed
}

_erasure_agreed if {
	approvers := votes.approvers(input.erasure.votes, input.required_scope, input.actor.id)
	count(approvers) >= data.platform.policy.activation_quorum
}
