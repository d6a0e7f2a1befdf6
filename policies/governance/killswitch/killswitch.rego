# METADATA
# title: Kill switch gate
# description: Decides who may engage a kill switch, and what it takes to release one.
# schemas:
#   - input: schema.killswitch
package governance.killswitch

import data.governance.actor
import data.governance.verdict

# METADATA
# title: Answer of the kill switch gate
# description: One answer for each input; deny stands above hold, hold above allow.
# entrypoint: true
# scope: document
decision := verdict.allowed(allow) if {
	count(deny) == 0
	count(hold) == 0
	count(allow) > 0
} else := verdict.of({
	"facts": input,
	"deny": deny,
	"hold": hold,
	"allow": allow,
	"oblige": set(),
	"params": {},
	"approval": _approval,
	"otherwise": "killswitch.not_permitted",
})

_approval := {
	"kind": "kill_release",
	"scope": "kill:release",
	"quorum": data.platform.killswitch.release_quorum,
	"expires_in_s": data.platform.killswitch.release_expires_in_s,
}

_engages if input.action == "kill.engage"

_releases if input.action == "kill.release"

# METADATA
# title: The order is in order
# description: The actor may give this order, and where it releases, others agreed.
# custom:
#   id: killswitch.allowed
allow contains "killswitch.allowed" if _known_action

# METADATA
# title: Nothing permits this
# description: No rule of the kill switch gate permits this action.
# custom:
#   id: killswitch.not_permitted
#   remedy: Engage or release a kill switch.
deny contains "killswitch.not_permitted" if not _known_action

_known_action if input.action in {"kill.engage", "kill.release"}

# METADATA
# title: Sign in first
# description: A kill switch needs a known actor.
# custom:
#   id: killswitch.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "killswitch.anonymous" if not actor.known

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope for this order.
# custom:
#   id: killswitch.scope_missing
#   remedy: Ask an owner for a role with the scope kill:engage or kill:release.
deny contains "killswitch.scope_missing" if not _authorized

_authorized if actor.holds_scope

# A release that people voted for is carried out by the platform; the votes are counted below.
_authorized if {
	_releases
	actor.system
}

# METADATA
# title: Prove again who you are
# description: Whoever signed in proves anew, with a second factor, who they are, before they stop something or let it go.
# custom:
#   id: killswitch.step_up_required
#   remedy: "Sign in again with a second factor: gatehouse login --step-up."
deny contains "killswitch.step_up_required" if not actor.proven_lately

# METADATA
# title: A reason is missing
# description: Who is stopped or let go again is told why.
# custom:
#   id: killswitch.reason_missing
#   remedy: Give a reason in words.
#   patch:
#     - {op: replace, path: /reason_given, value: true}
deny contains "killswitch.reason_missing" if not input.reason_given

_tenant_scopes := {"tenant", "install"}

_inside_tenant if input.kill.scope in _tenant_scopes

_publisher_scopes := {"publisher", "extension", "version"}

# METADATA
# title: Not your organisation
# description: Organisations and installs are stopped by their own people or by the platform's operators.
# custom:
#   id: killswitch.not_own_tenant
#   hidden: true
#   remedy: Choose a target in your own organisation.
deny contains "killswitch.not_own_tenant" if {
	_inside_tenant
	not _reaches_tenant
}

_reaches_tenant if actor.operates_platform

_reaches_tenant if _carried_out

_reaches_tenant if {
	input.kill.target_tenant_id != null
	input.kill.target_tenant_id == input.actor.tenant_id
}

# METADATA
# title: Only the platform stops this
# description: What reaches beyond one organisation is stopped by the platform's operators, or by the publisher whose own it is.
# custom:
#   id: killswitch.not_platform
#   remedy: Stop your own install, or report the matter to the platform's operators.
#   patch:
#     - {op: replace, path: /actor/platform, value: true}
#     - {op: add, path: /actor/scopes/-, value: "platform:operate"}
deny contains "killswitch.not_platform" if {
	not _inside_tenant
	not _reaches_beyond
}

_reaches_beyond if actor.operates_platform

_reaches_beyond if _carried_out

_reaches_beyond if {
	input.kill.scope in _publisher_scopes
	input.kill.target_publisher_id != null
	input.kill.target_publisher_id == input.actor.publisher_id
}

_carried_out if {
	_releases
	actor.system
}

# METADATA
# title: Not engaged
# description: There is nothing to release.
# custom:
#   id: killswitch.not_engaged
#   remedy: List the kill switches that are engaged.
#   patch:
#     - {op: replace, path: /kill/engaged, value: true}
deny contains "killswitch.not_engaged" if {
	_releases
	not input.kill.engaged
}

# METADATA
# title: Engaged by somebody else
# description: Outside the platform, a kill switch is released only on the initiative of whoever engaged it.
# custom:
#   id: killswitch.not_engager
#   remedy: Ask whoever engaged it, or the platform's operators.
#   patch:
#     - {op: replace, path: /kill/engaged_by_actor, value: true}
deny contains "killswitch.not_engager" if {
	_releases
	not _may_initiate_release
}

_may_initiate_release if actor.operates_platform

_may_initiate_release if actor.system

_may_initiate_release if input.kill.engaged_by_actor

# METADATA
# title: The organisation is suspended
# description: >-
#   Stopping something works in every organisation, whatever its state. What was stopped is let go by people of an active one alone,
#   else by the platform's operators.
# custom:
#   id: killswitch.tenant_suspended
#   remedy: Settle the suspension with the platform's operators, or have them release it.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "killswitch.tenant_suspended" if {
	_releases
	not actor.tenant_active
	not actor.tenant_closing
	not _beyond_state
}

# METADATA
# title: The organisation is being deleted
# description: People of an organisation that is being deleted stop things, and let nothing go.
# custom:
#   id: killswitch.tenant_closing
#   remedy: "Have an owner call the deletion off: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "killswitch.tenant_closing" if {
	_releases
	not actor.tenant_stays
	not _beyond_state
}

_beyond_state if actor.operates_platform

_beyond_state if actor.system

_approvers contains vote.voter if {
	some vote in input.votes
	vote.verdict == "approve"
	"kill:release" in vote.scopes
	vote.voter != input.actor.id
	vote.made_by_opener == false
}

# METADATA
# title: Release was refused
# description: Somebody who was asked voted against the release.
# custom:
#   id: killswitch.release_denied
#   remedy: Settle what speaks against it, then ask again.
#   patch:
#     - {op: replace, path: /votes, value: []}
deny contains "killswitch.release_denied" if {
	_releases
	not _unopposed
}

_unopposed if {
	every vote in input.votes {
		vote.verdict == "approve"
	}
}

# METADATA
# title: A second person is needed
# description: A kill switch is released by two people; one asks and another one agrees.
# custom:
#   id: killswitch.release_needs_second_person
#   remedy: Wait until somebody else with the scope kill:release agrees.
#   patch:
#     - {op: add, path: /votes/-, value: {voter: another, verdict: approve, scopes: ["kill:release"], publisher_id: null, made_by_opener: false}}
hold contains "killswitch.release_needs_second_person" if {
	_releases
	not _agreed
}

_agreed if count(_approvers) >= data.platform.killswitch.release_quorum
