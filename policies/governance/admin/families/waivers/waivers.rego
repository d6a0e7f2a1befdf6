# METADATA
# title: Waivers
# description: What a rule refuses and people agreed to bear with for a while.
# schemas:
#   - input: schema.admin
package governance.admin.families.waivers

import data.governance.votes

# METADATA
# title: What a hold asks for
# description: Somebody else who may put policy in force has to agree to a waiver.
approval := {
	"kind": "waiver",
	"scope": _agreeing_scope,
	"quorum": data.platform.policy.waiver_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

_agreeing_scope := "policy:activate"

# METADATA
# title: This reason cannot be waived
# description: The rule does not say that it may be waived, or no rule gives this reason.
# custom:
#   id: admin.waiver_not_waivable
#   remedy: Settle what the rule refuses, or change the rule by a draft; "gatehouse policy show" marks those that may be waived.
#   patch:
#     - {op: replace, path: /waiver/waivable, value: true}
deny contains "admin.waiver_not_waivable" if {
	input.action == "waiver.grant"
	not input.waiver.waivable
}

# METADATA
# title: A waiver ends, and before long
# description: A waiver ends at a moment that has not passed, within the days that the platform's data says.
# custom:
#   id: admin.waiver_term
#   remedy: Name an earlier end in the future; what shall hold for good belongs into the rule.
#   patch:
#     - {op: replace, path: /waiver/lasts_s, value: 86400}
deny contains "admin.waiver_term" if {
	input.action == "waiver.grant"
	not _ends_in_time
}

_ends_in_time if {
	input.waiver.lasts_s > 0
	input.waiver.lasts_s <= data.platform.policy.waiver_max_s
}

# METADATA
# title: The waiver was refused
# description: Somebody who was asked voted against it.
# custom:
#   id: admin.waiver_denied
#   remedy: Settle what speaks against it, then ask again.
deny contains "admin.waiver_denied" if {
	input.action == "waiver.grant"
	not _waiver_unopposed
}

_waiver_unopposed if {
	every vote in input.waiver.votes {
		vote.verdict == "approve"
	}
}

# METADATA
# title: A waiver takes a second person
# description: A rule is waived by two people; one asks and another one agrees.
# custom:
#   id: admin.waiver_needs_second_person
#   remedy: Wait until somebody else with the scope policy:activate agrees.
hold contains "admin.waiver_needs_second_person" if {
	input.action == "waiver.grant"
	not _waiver_agreed
}

_waiver_agreed if {
	approvers := votes.approvers(input.waiver.votes, _agreeing_scope, input.actor.id)
	count(approvers) >= data.platform.policy.waiver_quorum
}
