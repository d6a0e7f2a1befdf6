# METADATA
# title: Organisations
# description: What is done to an organisation as a whole, and by whom.
# schemas:
#   - input: schema.admin
package governance.admin.families.organisations

import data.governance.actor
import data.governance.votes

# METADATA
# title: What a hold asks for
# description: Another owner has to agree that an organisation is deleted.
approval := {
	"kind": "organisation",
	"scope": input.required_scope,
	"quorum": data.platform.policy.activation_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

# METADATA
# title: Only an owner gives ownership
# description: Ownership goes from an owner, who is a person, to somebody of the same organisation.
# custom:
#   id: admin.not_owner
#   remedy: Ask an owner of the organisation to give it.
deny contains "admin.not_owner" if {
	input.action == "tenant.transfer"
	not actor.owns_resource
}

_suspends if input.action == "tenant.suspend"

_suspends if input.action == "tenant.resume"

# METADATA
# title: For the platform's operators
# description: Organisations are suspended and resumed by whoever operates the platform.
# custom:
#   id: admin.operators_only
#   remedy: Ask the platform's operators.
deny contains "admin.operators_only" if {
	_suspends
	not actor.operates_platform
}

# METADATA
# title: Not one's own
# description: Operators would lock themselves out by suspending the organisation that they act from.
# custom:
#   id: admin.own_organisation
#   remedy: Name another organisation; the platform's own is never suspended.
deny contains "admin.own_organisation" if {
	_suspends
	actor.operates_platform
	not _of_others
}

_of_others if {
	input.resource.tenant_id != null
	input.resource.tenant_id != input.actor.tenant_id
}

# METADATA
# title: For an owner
# description: An organisation is deleted, and its deletion called off, by an owner of it, who is a person, or by the platform's operators.
# custom:
#   id: admin.owners_only
#   remedy: Ask an owner of the organisation.
deny contains "admin.owners_only" if {
	_ends_or_stays
	not actor.owns_resource
	not actor.operates_platform
}

_ends_or_stays if _ends_organisation

_ends_or_stays if input.action == "tenant.restore"

# METADATA
# title: The sandbox would last too long
# description: A sandbox ends at a moment that has not passed, within the days that the platform's data says.
# custom:
#   id: admin.sandbox_too_long
#   remedy: Ask for fewer days.
#   patch:
#     - {op: replace, path: /sandbox/lasts_s, value: 86400}
deny contains "admin.sandbox_too_long" if {
	input.action == "tenant.sandbox"
	not _sandbox_short
}

_sandbox_short if {
	input.sandbox.lasts_s > 0
	input.sandbox.lasts_s <= data.platform.sandbox.max_s
}

# METADATA
# title: Too many sandboxes
# description: There are as many sandboxes at a time as the platform's data says.
# custom:
#   id: admin.sandboxes_too_many
#   remedy: "Delete one that is no longer needed, or wait until one ends: gatehouse organisations list."
#   patch:
#     - {op: replace, path: /sandbox/others, value: 0}
deny contains "admin.sandboxes_too_many" if {
	input.action == "tenant.sandbox"
	not _room_for_sandbox
}

_room_for_sandbox if input.sandbox.others < data.platform.sandbox.most

# METADATA
# title: For an owner alone
# description: What an organisation has is taken out by an owner of it; operating the platform does not carry over into others' data.
# custom:
#   id: admin.export_by_owner
#   remedy: Ask an owner of the organisation.
deny contains "admin.export_by_owner" if {
	input.action == "tenant.export"
	not actor.owns_resource
}

# METADATA
# title: Not as the organisation is now
# description: >-
#   What is closing already is neither deleted, suspended nor resumed, only what is closing is restored, and what is closed stays so.
# custom:
#   id: admin.organisation_state
#   remedy: Look at its state by "gatehouse organisations list".
deny contains "admin.organisation_state" if {
	_changes_state
	not _state_fits
}

_changes_state if _suspends

_changes_state if input.action == "tenant.delete"

_changes_state if input.action == "tenant.restore"

_changes_state if input.action == "tenant.remove"

_state_fits if {
	input.organisation.status == "active"
	not input.action == "tenant.restore"
}

_state_fits if {
	input.organisation.status == "suspended"
	not input.action == "tenant.restore"
}

_state_fits if {
	input.organisation.status == "closing"
	input.action == "tenant.restore"
}

_state_fits if {
	input.organisation.status == "closing"
	input.action == "tenant.remove"
}

# METADATA
# title: The platform stays
# description: The organisation of the platform's own people is not deleted.
# custom:
#   id: admin.platform_stays
#   remedy: Name another organisation.
#   patch:
#     - {op: replace, path: /organisation/platforms_own, value: false}
deny contains "admin.platform_stays" if {
	_ends_organisation
	not input.organisation.platforms_own == false
}

_ends_organisation if input.action == "tenant.delete"

_ends_organisation if input.action == "tenant.remove"

# METADATA
# title: The platform's operators closed it
# description: What the platform's operators began to close its owners do not open again.
# custom:
#   id: admin.closed_by_platform
#   remedy: Settle it with the platform's operators.
#   patch:
#     - {op: replace, path: /organisation/by_platform, value: false}
deny contains "admin.closed_by_platform" if {
	input.action == "tenant.restore"
	not _may_call_off
}

_may_call_off if input.organisation.by_platform == false

_may_call_off if actor.operates_platform

# METADATA
# title: Its time has not come
# description: What an organisation has goes at the end of its grace period, or where it is a sandbox at the end of that.
# custom:
#   id: admin.removal_not_due
#   remedy: Wait for the end of the grace period.
#   patch:
#     - {op: replace, path: /organisation/status, value: closing}
#     - {op: replace, path: /organisation/closes_in_s, value: 0}
deny contains "admin.removal_not_due" if {
	input.action == "tenant.remove"
	not _removal_due
}

_removal_due if {
	input.organisation.status == "closing"
	is_number(input.organisation.closes_in_s)
	input.organisation.closes_in_s <= 0
}

_removal_due if {
	actor.system
	sandbox_ended
}

# METADATA
# title: The sandbox is at its end
# description: The organisation is a sandbox whose time has run out.
sandbox_ended if {
	is_number(input.organisation.sandbox_left_s)
	input.organisation.sandbox_left_s <= 0
}

# METADATA
# title: Another owner has to agree
# description: Where an organisation has more than one owner, one asks for its deletion, and another one or the platform's operators agree.
# custom:
#   id: admin.deletion_needs_second_person
#   remedy: Wait until another owner agrees.
#   patch:
#     - {op: add, path: /organisation/votes/-, value: {voter: another, verdict: approve, scopes: ["tenants:write"], publisher_id: null, made_by_opener: false}}
hold contains "admin.deletion_needs_second_person" if {
	input.action == "tenant.delete"
	not actor.operates_platform
	not _deletion_agreed
}

_deletion_agreed if input.organisation.other_owners == 0

_deletion_agreed if count(votes.approvers(input.organisation.votes, input.required_scope, input.actor.id)) > 0

# METADATA
# title: Only who may say who signs in
# description: Whoever lets people sign in by passwords opens another door than the identity provider, so it is for those who choose identity providers.
# custom:
#   id: admin.local_accounts_beyond
#   remedy: Ask an owner, who holds sign_in:write, to allow local accounts.
#   patch:
#     - {op: replace, path: /sign_in_setting/opens_local_accounts, value: false}
deny contains "admin.local_accounts_beyond" if {
	input.action == "tenant.update"
	not _sign_in_setting_in_order
}

_sign_in_setting_in_order if opens_no_local_accounts

_sign_in_setting_in_order if "sign_in:write" in input.actor.scopes

# METADATA
# title: Local accounts stay as they are
# description: The change of settings does not let people sign in by passwords who could not before.
opens_no_local_accounts if input.sign_in_setting.opens_local_accounts == false
