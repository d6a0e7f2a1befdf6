# METADATA
# title: Provisioning
# description: What an identity provider keeps in step over SCIM, the connections for that, and their brakes.
# schemas:
#   - input: schema.admin
package governance.admin.families.scim

import data.governance.verdict
import data.governance.votes

# METADATA
# title: What a hold asks for
# description: People look at what a brake holds off; whoever asks to release it has agreed already.
approval := {
	"kind": "scim_brake",
	"scope": _brake_scope,
	"quorum": _others_to_agree,
	"expires_in_s": data.platform.scim.brake_expires_in_s,
}

_others_to_agree := data.platform.scim.brake_quorum if _lets_go

_others_to_agree := max({1, data.platform.scim.brake_quorum - 1}) if _releases_brake

_provisions if input.action == "scim.provision"

_provisions if input.action == "scim.let_go"

_provisions if input.action == "scim.hold_off"

# METADATA
# title: Not by a connection
# description: People and groups are kept in step by a SCIM connection of the organisation, and by nobody else.
# custom:
#   id: admin.scim_connection_missing
#   remedy: Send the request to /scim/v2 with a token of a SCIM connection.
deny contains "admin.scim_connection_missing" if {
	_provisions
	not _by_connection
}

_by_connection if {
	input.actor.kind == "service_account"
	is_string(input.scim.connection_id)
}

# METADATA
# title: Here already
# description: Somebody who is here under the address is taken over by an identity provider only where the organisation lets its connection do so.
# custom:
#   id: admin.scim_adoption_off
#   remedy: Have an owner let the connection adopt people who are here already, or give the person another address.
#   patch:
#     - {op: replace, path: /scim/may_adopt, value: true}
deny contains "admin.scim_adoption_off" if {
	input.scim
	not input.scim.may_adopt
	not _takes_nobody_over
	_provisions
}

_takes_nobody_over if input.scim.operation in {"create", "replace", "patch", "delete", "bulk"}

# METADATA
# title: Only who may say who signs in
# description: Whoever is managed by an identity provider is let go and renamed by it, so taking people over is for those who choose identity providers.
# custom:
#   id: admin.scim_adoption_beyond
#   remedy: Ask an owner, who holds sign_in:write, to let the connection adopt people.
#   patch:
#     - {op: replace, path: /scim_connection/adopts, value: false}
deny contains "admin.scim_adoption_beyond" if {
	input.action == "scim.configure"
	not _adoption_in_order
}

_adoption_in_order if input.scim_connection.adopts == false

_adoption_in_order if "sign_in:write" in input.actor.scopes

# METADATA
# title: Only who may say who signs in lets more people go at once
# description: A brake that trips later is for those who choose identity providers; anybody who keeps connections may have it trip earlier.
# custom:
#   id: admin.scim_brake_loosened
#   remedy: Ask an owner, who holds sign_in:write, or release the brake for what it lists.
#   patch:
#     - {op: replace, path: /scim_connection/loosens_brake, value: false}
deny contains "admin.scim_brake_loosened" if {
	input.action == "scim.configure"
	not _brake_in_order
}

_brake_in_order if input.scim_connection.loosens_brake == false

_brake_in_order if "sign_in:write" in input.actor.scopes

_lets_go if input.action == "scim.let_go"

_releases_brake if input.action == "scim.release"

# Who looks after connections looks at what their brakes hold off.
_brake_scope := "scim:write"

# METADATA
# title: Somebody wants these people to stay
# description: What people rejected, and whom they brought back, an identity provider does not let go before the window is over or somebody releases it.
# custom:
#   id: admin.scim_brake_rejected
#   remedy: Give them back in the identity provider, or have the brake released by "gatehouse scim brake release".
#   patch:
#     - {op: replace, path: /scim_brake/rejected, value: 0}
deny contains "admin.scim_brake_rejected" if {
	_lets_go
	not input.scim_brake.rejected == 0
}

# METADATA
# title: Many people would be let go at once
# description: More people would go than a connection lets go by itself within its window, or others are held already; held until somebody releases it.
# custom:
#   id: admin.scim_brake
#   remedy: Look at the list by "gatehouse scim brake list", then release or reject it; the identity provider sends again.
#   patch:
#     - {op: replace, path: /scim_brake/asked, value: 0}
hold contains "admin.scim_brake" if {
	_lets_go
	not _within_share
}

_within_share if input.scim_brake.asked == 0

_within_share if {
	input.scim_brake.waiting == false
	input.scim_brake.let_go <= input.scim_brake.floor
}

_within_share if {
	input.scim_brake.waiting == false
	input.scim_brake.let_go * 100 <= input.scim_brake.percent * input.scim_brake.people
}

# METADATA
# title: A privileged group would lose somebody
# description: Whoever belongs to a group most of whose members administer something is let go after people have looked.
# custom:
#   id: admin.scim_brake_privileged
#   remedy: Look at the list by "gatehouse scim brake list", then release or reject it; the identity provider sends again.
#   patch:
#     - {op: replace, path: /scim_brake/privileged, value: 0}
hold contains "admin.scim_brake_privileged" if {
	_lets_go
	not input.scim_brake.privileged == 0
}

_says_to_brake if input.action == "scim.release"

_says_to_brake if input.action == "scim.reject"

# METADATA
# title: The list is not what was shown
# description: A brake opens for exactly what people were shown, and stays shut for exactly that.
# custom:
#   id: admin.scim_brake_list_changed
#   remedy: Look at the list again by "gatehouse scim brake list", and decide on that.
#   patch:
#     - {op: replace, path: /scim_verdict/digest_matches, value: true}
deny contains "admin.scim_brake_list_changed" if {
	_says_to_brake
	not input.scim_verdict.digest_matches
}

# METADATA
# title: More people have to agree
# description: A brake is released by as many people as the platform's data says.
# custom:
#   id: admin.scim_brake_needs_people
#   remedy: Wait until somebody else with the scope scim:write agrees.
hold contains "admin.scim_brake_needs_people" if {
	_releases_brake
	not _released_by_enough
}

_released_by_enough if {
	approvers := votes.approvers(input.scim_verdict.votes, _brake_scope, input.actor.id)
	count(approvers | {input.actor.id}) >= data.platform.scim.brake_quorum
}

# METADATA
# title: A token of a connection could do more than whoever made it
# description: >-
#   Whoever has a token of a connection says who is in which group. So groups come to give nothing that a maker of such a token lacks.
# custom:
#   id: admin.scim_token_beyond
#   remedy: >-
#     Have somebody who has what the groups would give make new tokens for these connections, and revoke the others: gatehouse scim
#     tokens list CONNECTION.
#   patch:
#     - {op: replace, path: /scim_tokens/beyond, value: []}
deny contains "admin.scim_token_beyond" if {
	_gives_by_groups
	not _tokens_within_makers
}

_tokens_within_makers if count(input.scim_tokens.beyond) == 0

_gives_by_groups if input.action == "group_rules.write"

_gives_by_groups if input.action == "role.write"

# METADATA
# title: Words of reasons
# description: What a reason says besides its id.
params["admin.scim_token_beyond"] := {"connections": verdict.words(input.scim_tokens.beyond)}
