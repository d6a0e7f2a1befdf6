# METADATA
# title: Call gate
# description: Decides one invocation of an installed extension.
# schemas:
#   - input: schema.call
package governance.call

import data.governance.actor
import data.governance.listed
import data.governance.standing
import data.governance.verdict

# METADATA
# title: Answer of the call gate
# description: One answer for each input; deny stands above allow.
# entrypoint: true
# scope: document
decision := verdict.allowed(allow) if {
	count(deny) == 0
	count(oblige) == 0
	count(allow) > 0
} else := verdict.of({
	"facts": input,
	"deny": deny,
	"hold": set(),
	"allow": allow,
	"oblige": oblige,
	"params": {id: _params[id] | some id in (deny | oblige)},
	"approval": null,
	"otherwise": "call.not_permitted",
})

# METADATA
# title: The call is in order
# description: The actor may call this endpoint and nothing speaks against it.
# custom:
#   id: call.allowed
allow contains "call.allowed" if input.action == "extension.invoke"

# METADATA
# title: Nothing permits this
# description: No rule of the call gate permits this action.
# custom:
#   id: call.not_permitted
#   remedy: Invoke an endpoint of an installed extension.
deny contains "call.not_permitted" if not input.action == "extension.invoke"

# METADATA
# title: Sign in first
# description: Calling an extension needs a known actor.
# custom:
#   id: call.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "call.anonymous" if not actor.known

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope to call extensions.
# custom:
#   id: call.scope_missing
#   remedy: Ask an admin for a role or a key with the scope extensions:invoke.
#   patch:
#     - {op: add, path: /actor/scopes/-, value: "extensions:invoke"}
deny contains "call.scope_missing" if not actor.holds_scope

# METADATA
# title: The endpoint asks for another scope
# description: The manifest names a scope for this endpoint that the actor does not have.
# custom:
#   id: call.endpoint_scope_missing
#   remedy: Ask an admin for a role or a key with the scope that the endpoint names.
#   patch:
#     - {op: replace, path: /endpoint/required_scope, value: null}
deny contains "call.endpoint_scope_missing" if not _holds_endpoint_scope

_holds_endpoint_scope if input.endpoint.required_scope == null

else if input.endpoint.required_scope in input.actor.scopes

_holds_endpoint_scope if {
	actor.in_workspace
	input.endpoint.required_scope in input.actor.workspace.scopes
}

# METADATA
# title: Another organisation's install
# description: The install belongs to an organisation in which the actor may not act.
# custom:
#   id: call.wrong_tenant
#   hidden: true
#   remedy: Use a key of the organisation that owns the install.
deny contains "call.wrong_tenant" if not _own_install

# Calls are made inside one organisation; operating the platform does not carry over into others' data.
_own_install if {
	input.resource.tenant_id == input.actor.tenant_id
	input.resource.tenant_id == input.tenant.id
}

# METADATA
# title: The organisation is suspended
# description: Extensions of a suspended organisation are not called.
# custom:
#   id: call.tenant_suspended
#   remedy: Settle the suspension with the platform's operators.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "call.tenant_suspended" if {
	not actor.tenant_active
	not actor.tenant_closing
}

# METADATA
# title: The organisation is being deleted
# description: Extensions of an organisation that is being deleted are not called.
# custom:
#   id: call.tenant_closing
#   remedy: "Have an owner call it off within the grace period: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "call.tenant_closing" if actor.tenant_closing

# METADATA
# title: The workspace is archived
# description: Extensions in an archived workspace are not called.
# custom:
#   id: call.workspace_archived
#   remedy: "Have somebody with the scope workspaces:write restore it: gatehouse workspaces restore SLUG."
#   patch:
#     - {op: replace, path: /workspace/status, value: active}
deny contains "call.workspace_archived" if not _workspace_open

_workspace_open if not input.workspace

_workspace_open if input.workspace.status == "active"

# METADATA
# title: The install is not active
# description: Only an active install is called.
# custom:
#   id: call.install_inactive
#   remedy: Enable or install the extension.
#   patch:
#     - {op: replace, path: /install/status, value: active}
deny contains "call.install_inactive" if not input.install.status == "active"

# METADATA
# title: The version is not approved
# description: The installed version is not approved, or no longer.
# custom:
#   id: call.not_approved
#   remedy: Update to an approved version.
#   patch:
#     - {op: replace, path: /version/review_state, value: approved}
deny contains "call.not_approved" if not input.version.review_state == "approved"

# METADATA
# title: The signature does not hold
# description: The installed bundle is not validly signed by the extension's publisher, as checked when it was loaded.
# custom:
#   id: call.signature_invalid
#   remedy: Update to a version that is signed with a key in force.
deny contains "call.signature_invalid" if not _signed_by_publisher

_signed_by_publisher if {
	input.signature.state == "valid"
	input.signature.publisher_id == input.extension.publisher_id
}

_standings := [
	input.extension.standing,
	input.publisher_standing,
	input.version.standing,
	input.install.standing,
]

# METADATA
# title: Enforcement blocks it
# description: The extension, its version, its publisher or the install stands on the rung suspend or terminate.
# custom:
#   id: call.rung_blocks
#   remedy: Wait until the enforcement case is settled.
#   patch:
#     - {op: remove, path: /extension/standing/rung}
deny contains "call.rung_blocks" if not _rungs_permit

_rungs_permit if standing.at_large(_standings, input.now)

# METADATA
# title: Throttled
# description: The extension stands on the rung throttle; its calls are slowed down.
# custom:
#   id: call.throttle
oblige contains "call.throttle" if "throttle" in standing.rungs(_standings, input.now)

# METADATA
# title: Health is critical
# description: The extension, its version or the install is in critical health and is not called.
# custom:
#   id: call.health_critical
#   waivable: true
#   remedy: Roll back to a version in good health, or wait until it has recovered.
#   patch:
#     - {op: remove, path: /version/standing/health}
deny contains "call.health_critical" if not _healthy

_healthy if {
	health := standing.health(_standings, input.now)
	not "critical" in health
}

# METADATA
# title: It may receive no events
# description: An event would start the extension, and the install does not grant it to receive events.
# custom:
#   id: call.event_not_granted
#   remedy: Grant the install events:subscribe.
#   patch:
#     - {op: add, path: /grant/permissions/-, value: "events:subscribe"}
deny contains "call.event_not_granted" if {
	input.trigger
	not _receives_events
}

_receives_events if "events:subscribe" in input.grant.permissions

# METADATA
# title: The quota is used up
# description: The organisation has used up its calls of this period.
# custom:
#   id: call.quota_exceeded
#   waivable: true
#   remedy: Wait for the next period, or ask for a larger quota.
#   patch:
#     - {op: replace, path: /quota, value: null}
deny contains "call.quota_exceeded" if not _within_quota

_within_quota if is_null(input.quota)

else if input.quota.used < input.quota.limit

# METADATA
# title: Too many calls a minute
# description: The organisation's limit on calls a minute is reached.
# custom:
#   id: call.rate_exceeded
#   remedy: Wait for the next minute, or ask an admin to raise the limit.
#   patch:
#     - {op: replace, path: /rate, value: null}
deny contains "call.rate_exceeded" if not _within_rate

_within_rate if is_null(input.rate)

else if input.rate.used < input.rate.limit

# METADATA
# title: On the deny list
# description: A list of the organisation denies what is installed here, its publisher, its category or a permission that it was granted.
# custom:
#   id: call.listed_denied
#   remedy: Ask an admin to change the list, or update to a version that it does not deny.
#   patch:
#     - {op: replace, path: /listed/effect, value: allow}
deny contains "call.listed_denied" if not _undenied

_list_effect := listed.effect(input.listed, input.now)

# A pin says what may be brought in; what is there already goes on.
_undenied if _list_effect == "none"

else if _list_effect in {"allow", "pin", "unlisted"}

# METADATA
# title: Not on the list
# description: A list of the organisation admits only what it names, and what is installed here is not among that.
# custom:
#   id: call.unlisted
#   remedy: Ask an admin to put it on the list.
#   patch:
#     - {op: replace, path: /listed/effect, value: allow}
deny contains "call.unlisted" if _list_effect == "unlisted"

_params["call.endpoint_scope_missing"] := {"scope": input.endpoint.required_scope}

_params["call.quota_exceeded"] := {"limit": input.quota.limit}

_params["call.rate_exceeded"] := {"limit": input.rate.limit}

_params["call.listed_denied"] := {"entry": input.listed.entry}

_params["call.unlisted"] := {"list": input.listed.list}
