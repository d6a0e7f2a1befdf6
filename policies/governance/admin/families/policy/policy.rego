# METADATA
# title: Policy
# description: What is put in force, of the platform and of an organisation for itself, and what goes out of it.
# schemas:
#   - input: schema.admin
package governance.admin.families.policy

import data.governance.actor
import data.governance.votes

# METADATA
# title: What a hold asks for
# description: By break-glass whoever usually agrees may be out of reach, so more people are asked, and for less time.
approval := {
	"kind": "policy",
	"scope": _break_glass_scope,
	"quorum": data.platform.policy.break_glass_quorum,
	"expires_in_s": data.platform.policy.break_glass_vote_expires_in_s,
} if {
	_breaks_glass
} else := {
	"kind": _approval_kind,
	"scope": input.required_scope,
	"quorum": data.platform.policy.activation_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

_approval_kind := "policy" if input.action == "policy.activate"

_approval_kind := "tenant_policy" if input.action == "tenant_policy.activate"

default _activates := false

_activates if input.action == "policy.activate"

_activates if input.action == "tenant_policy.activate"

_rolls_back if input.action == "policy.rollback"

_rolls_back if input.action == "tenant_policy.rollback"

# METADATA
# title: The platform has one policy
# description: What the platform's own people may do is the platform's policy to say, and nothing is put on top of it.
# custom:
#   id: admin.tenant_policy_of_platform
#   remedy: Change the platform's policy instead.
#   patch:
#     - {op: replace, path: /actor/platform, value: false}
deny contains "admin.tenant_policy_of_platform" if {
	startswith(input.action, "tenant_policy.")
	not input.actor.platform == false
}

# METADATA
# title: The draft has not passed its checks
# description: What is sealed or put in force comes from a draft whose checks all ran and passed, as it stands now.
# custom:
#   id: admin.policy_unchecked
#   remedy: Run the checks, mend what they name, and ask again.
#   patch:
#     - {op: replace, path: /policy/checks_passed, value: true}
deny contains "admin.policy_unchecked" if {
	not input.policy.checks_passed
	input.action in {"policy.seal", "tenant_policy.activate"}
}

# METADATA
# title: In force already
# description: This revision decides now.
# custom:
#   id: admin.policy_in_force
#   remedy: Choose another revision.
#   patch:
#     - {op: replace, path: /policy/active, value: false}
deny contains "admin.policy_in_force" if {
	not _idle
	_puts_in_force
}

_puts_in_force if _activates

_puts_in_force if _rolls_back

_idle if input.policy.active == false

# What decides by break-glass may be activated as usual, and then stays.
_idle if {
	_activates
	not _breaks_glass
	is_object(input.policy.active_until)
}

# METADATA
# title: Never in force before
# description: One goes back only to a revision that has decided before; any other takes an approval.
# custom:
#   id: admin.policy_never_active
#   remedy: Activate the revision instead, with a second person's approval.
#   patch:
#     - {op: replace, path: /policy/was_active, value: true}
deny contains "admin.policy_never_active" if {
	_rolls_back
	not input.policy.was_active
}

# METADATA
# title: The activation was refused
# description: Somebody who was asked voted against it.
# custom:
#   id: admin.policy_activation_denied
#   remedy: Settle what speaks against it, then ask again.
#   patch:
#     - {op: replace, path: /policy/votes, value: []}
deny contains "admin.policy_activation_denied" if {
	_activates
	not _unopposed
}

_unopposed if {
	every vote in input.policy.votes {
		vote.verdict == "approve"
	}
}

# METADATA
# title: A second person is needed
# description: A policy is put in force by two people; one asks and another one agrees.
# custom:
#   id: admin.policy_needs_second_person
#   remedy: Wait until somebody else with the scope that activating needs agrees.
#   patch:
#     - {op: add, path: /policy/votes/-, value: {voter: another, verdict: approve, scopes: ["policy:activate", "tenant_policy:activate"], publisher_id: null, made_by_opener: false}}
hold contains "admin.policy_needs_second_person" if {
	_activates
	not _breaks_glass
	not _agreed
}

_agreed if {
	approvers := votes.approvers(input.policy.votes, input.required_scope, input.actor.id)
	count(approvers) >= data.platform.policy.activation_quorum
}

default _breaks_glass := false

_breaks_glass if {
	_activates
	is_object(input.policy.break_glass)
}

# Whoever may stop everything may help to put a policy in force for some hours.
_break_glass_scope := "kill:engage"

# METADATA
# title: Break-glass takes two people more
# description: A policy is put in force without what is asked for otherwise only where two others agree, and for some hours.
# custom:
#   id: admin.break_glass_needs_two_people
#   remedy: Wait until two others with the scope kill:engage agree.
hold contains "admin.break_glass_needs_two_people" if {
	_breaks_glass
	not _agreed_by_two
}

_agreed_by_two if {
	approvers := votes.approvers(input.policy.votes, _break_glass_scope, input.actor.id)
	count(approvers) >= data.platform.policy.break_glass_quorum
}

# METADATA
# title: Break-glass for too long
# description: What is put in force by break-glass goes out of it within hours; how many, the platform's data says.
# custom:
#   id: admin.break_glass_too_long
#   remedy: Ask for fewer hours, and for an activation as usual meanwhile.
#   patch:
#     - {op: replace, path: /policy/break_glass/lasts_s, value: 3600}
deny contains "admin.break_glass_too_long" if {
	_breaks_glass
	not _short
}

_short if {
	input.policy.break_glass.lasts_s > 0
	input.policy.break_glass.lasts_s <= data.platform.policy.break_glass_max_s
}

# METADATA
# title: Its time has not run out
# description: Only the platform writes down that a policy went out of force, and only once its time has run out.
# custom:
#   id: admin.policy_not_expired
#   remedy: Go back by "gatehouse policy rollback".
deny contains "admin.policy_not_expired" if {
	input.action == "policy.expire"
	not _ran_out
}

_ran_out if {
	actor.system
	input.policy.active_until.left_s <= 0
}

default _moves_canary := false

_moves_canary if input.action == "policy.advance"

_moves_canary if input.action == "policy.revert"

# METADATA
# title: The canary has ended
# description: Only a canary that runs goes on, or is taken back.
# custom:
#   id: admin.canary_ended
#   remedy: Look at what decides now by "gatehouse policy status".
#   patch:
#     - {op: replace, path: /policy/canary/running, value: true}
deny contains "admin.canary_ended" if {
	_moves_canary
	not _canary_runs
}

_canary_runs if input.policy.canary.running

# METADATA
# title: The canary shows too much
# description: What shows more than was foretold is taken back, and nobody lets it go on before that has happened.
# custom:
#   id: admin.canary_breached
#   remedy: Look at what shows it by "gatehouse policy canary show", and take it back by "gatehouse policy canary revert".
#   patch:
#     - {op: replace, path: /policy/canary/breached, value: false}
deny contains "admin.canary_breached" if {
	input.action == "policy.advance"
	_canary_runs
	not input.policy.canary.breached == false
}

# METADATA
# title: Its pairs do not ask for it
# description: By itself the platform lets a canary go on only once a step has all its pairs, and takes it back only for what they show.
# custom:
#   id: admin.canary_not_due
#   remedy: Let a person do it, by "gatehouse policy canary advance" or "gatehouse policy canary revert".
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
#     - {op: add, path: /actor/scopes/-, value: "policy:activate"}
deny contains "admin.canary_not_due" if {
	_moves_canary
	actor.system
	not _due
}

_due if {
	input.action == "policy.advance"
	input.policy.canary.complete
	input.policy.canary.breached == false
}

_due if {
	input.action == "policy.revert"
	input.policy.canary.breached
}
