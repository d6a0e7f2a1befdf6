# METADATA
# title: Install gate
# description: Decides what may be installed, updated and uninstalled in an organisation, and what waits for consent.
# schemas:
#   - input: schema.install
package governance.install

import data.governance.actor
import data.governance.listed
import data.governance.standing
import data.governance.verdict

# METADATA
# title: Answer of the install gate
# description: One answer for each input; deny stands above hold, hold above allow.
# entrypoint: true
# scope: document
decision := verdict.allowed(allow) if {
	count(deny) == 0
	count(hold) == 0
	count(oblige) == 0
	count(allow) > 0
} else := verdict.of({
	"facts": input,
	"deny": deny,
	"hold": hold,
	"allow": allow,
	"oblige": oblige,
	"params": {id: _params[id] | some id in ((deny | hold) | oblige)},
	"approval": _approval,
	"otherwise": "install.not_permitted",
})

_approval := {
	"kind": "consent",
	"scope": "installs:write",
	"quorum": 1,
	"expires_in_s": data.platform.install.consent_expires_in_s,
}

# With a default it is remembered also where it does not hold.
default _brings_in := false

_brings_in if input.action == "install.create"

_brings_in if input.action == "install.update"

# METADATA
# title: The install is in order
# description: The actor may do this and nothing speaks against it.
# custom:
#   id: install.allowed
allow contains "install.allowed" if _known_action

# METADATA
# title: Nothing permits this
# description: No rule of the install gate permits this action.
# custom:
#   id: install.not_permitted
#   remedy: Use one of the actions install, update or uninstall.
deny contains "install.not_permitted" if not _known_action

_known_action if _brings_in

_known_action if input.action == "install.uninstall"

# METADATA
# title: Sign in first
# description: Installing needs a known actor.
# custom:
#   id: install.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "install.anonymous" if not actor.known

# METADATA
# title: A scope is missing
# description: Only roles with installs:write, such as admin and project manager, install and uninstall.
# custom:
#   id: install.scope_missing
#   remedy: Ask an admin to install it, or for a role with the scope installs:write.
#   patch:
#     - {op: add, path: /actor/scopes/-, value: "installs:write"}
deny contains "install.scope_missing" if not actor.holds_scope

# METADATA
# title: Out of reach
# description: The install belongs to an organisation in which the actor may not act.
# custom:
#   id: install.cross_tenant
#   hidden: true
#   remedy: Use a key of the organisation that owns the install.
deny contains "install.cross_tenant" if not actor.reaches_resource

# METADATA
# title: The organisation is suspended
# description: A suspended organisation installs and updates nothing; uninstalling stays possible.
# custom:
#   id: install.tenant_suspended
#   remedy: Settle the suspension with the platform's operators.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "install.tenant_suspended" if {
	_brings_in
	not actor.tenant_active
	not actor.tenant_closing
}

# METADATA
# title: The organisation is being deleted
# description: An organisation that is being deleted installs and updates nothing.
# custom:
#   id: install.tenant_closing
#   remedy: "Have an owner call it off within the grace period: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "install.tenant_closing" if {
	_brings_in
	actor.tenant_closing
}

# METADATA
# title: The workspace is archived
# description: Nothing is installed or updated in an archived workspace; uninstalling stays possible.
# custom:
#   id: install.workspace_archived
#   remedy: "Have somebody with the scope workspaces:write restore it: gatehouse workspaces restore SLUG."
#   patch:
#     - {op: replace, path: /workspace/status, value: active}
deny contains "install.workspace_archived" if {
	_brings_in
	not _workspace_open
}

_workspace_open if not input.workspace

_workspace_open if input.workspace.status == "active"

# METADATA
# title: Nothing to update
# description: The extension is not installed here.
# custom:
#   id: install.not_installed
#   remedy: Install it first.
deny contains "install.not_installed" if {
	input.action == "install.update"
	not _installed_before
}

_installed_before if is_object(input.previous)

# METADATA
# title: The version is not approved
# description: Only approved versions are installed.
# custom:
#   id: install.not_approved
#   remedy: Wait for the review, or choose an approved version.
#   patch:
#     - {op: replace, path: /version/review_state, value: approved}
deny contains "install.not_approved" if {
	_brings_in
	not input.version.review_state == "approved"
}

# METADATA
# title: The version was yanked
# description: A yanked version is not installed anew.
# custom:
#   id: install.yanked
#   waivable: true
#   remedy: Choose another version.
#   patch:
#     - {op: replace, path: /version/yanked, value: false}
deny contains "install.yanked" if {
	_brings_in
	not input.version.yanked == false
}

# METADATA
# title: The signature does not hold
# description: The bundle is not validly signed by its publisher, as checked just now.
# custom:
#   id: install.signature_invalid
#   remedy: Ask the publisher for a version that is signed with a key in force.
deny contains "install.signature_invalid" if {
	_brings_in
	not _signed_by_publisher
}

_signed_by_publisher if {
	input.signature.state == "valid"
	input.signature.publisher_id == input.publisher.id
}

# METADATA
# title: A feature is not available
# description: The manifest declares features that this platform does not run yet.
# custom:
#   id: install.feature_unavailable
#   remedy: Choose a version that does without them, or wait for a platform version that runs them.
#   patch:
#     - {op: replace, path: /manifest/unbuilt_features, value: []}
deny contains "install.feature_unavailable" if {
	_brings_in
	not input.manifest.unbuilt_features == []
}

# METADATA
# title: An event that nobody emits
# description: The manifest consumes an event that no approved version of the extension which it is named after declares.
# custom:
#   id: install.event_undeclared
#   remedy: Correct the type, or have the version approved that emits it.
#   patch:
#     - {op: replace, path: /manifest/events_undeclared, value: []}
deny contains "install.event_undeclared" if {
	_brings_in

	# Facts from before events could be consumed do not have it.
	count(input.manifest.events_undeclared) > 0
}

# METADATA
# title: Not compatible
# description: The version does not run on this version of the platform.
# custom:
#   id: install.incompatible
#   remedy: Choose a version whose compatibility range contains this platform.
#   patch:
#     - {op: replace, path: /manifest/platform_compatible, value: true}
deny contains "install.incompatible" if {
	_brings_in
	not input.manifest.platform_compatible
}

# METADATA
# title: A secret is missing
# description: The manifest requires secrets that were not given.
# custom:
#   id: install.secret_missing
#   remedy: Give a value for each required secret.
#   patch:
#     - {op: replace, path: /manifest/secrets_missing, value: []}
deny contains "install.secret_missing" if {
	_brings_in
	not input.manifest.secrets_missing == []
}

# METADATA
# title: The grant exceeds the manifest
# description: Permissions were granted that the manifest does not ask for.
# custom:
#   id: install.grant_beyond_manifest
#   remedy: Grant only what the manifest asks for.
#   patch:
#     - {op: replace, path: /grant/beyond_manifest, value: []}
deny contains "install.grant_beyond_manifest" if {
	_brings_in
	not input.grant.beyond_manifest == []
}

# METADATA
# title: Certification could not run
# description: A check of the certification could not run, and a check that did not run is never a pass.
# custom:
#   id: install.certification_unavailable
#   remedy: Install it once the version has been certified.
#   patch:
#     - {op: replace, path: /certification/state, value: completed}
deny contains "install.certification_unavailable" if {
	_brings_in
	not input.certification.state == "completed"
}

# METADATA
# title: Malware was found
# description: Certification found malware; no policy lets it in.
# custom:
#   id: install.malware
#   remedy: Choose another version.
#   patch:
#     - {op: replace, path: /certification/findings, value: []}
deny contains "install.malware" if {
	_brings_in
	not _free_of_malware
}

_free_of_malware if {
	every finding in input.certification.findings {
		finding.malware == false
	}
}

# METADATA
# title: A critical finding
# description: Certification found something critical; no policy lets it in.
# custom:
#   id: install.critical_finding
#   remedy: Choose another version.
#   patch:
#     - {op: replace, path: /certification/findings, value: []}
deny contains "install.critical_finding" if {
	_brings_in
	not _nothing_critical
}

_nothing_critical if {
	every finding in input.certification.findings {
		finding.severity != "critical"
	}
}

# The version passed every check with nothing above low severity.
_certified if {
	input.certification.state == "completed"
	every finding in input.certification.findings {
		_tolerable(finding.severity)
	}
}

_tolerable("info")
_tolerable("low")

# METADATA
# title: Not certified
# description: The version has findings above low severity, and this organisation installs certified versions only.
# custom:
#   id: install.uncertified
#   waivable: true
#   remedy: Choose a certified version, or let the organisation's certification mode warn instead of block.
#   patch:
#     - {op: replace, path: /certification_mode, value: warn}
deny contains "install.uncertified" if {
	_brings_in
	not _certified
	not input.certification_mode == "warn"
}

# METADATA
# title: Not certified, with a warning
# description: The version has findings above low severity; whoever installs it is warned.
# custom:
#   id: install.warn_uncertified
oblige contains "install.warn_uncertified" if {
	_brings_in
	not _certified
	input.certification_mode == "warn"
}

# METADATA
# title: Deprecated, with a warning
# description: The publisher has deprecated this version; whoever installs it is warned.
# custom:
#   id: install.warn_deprecated
oblige contains "install.warn_deprecated" if {
	_brings_in
	input.version.deprecated
}

# METADATA
# title: On the deny list
# description: A list of the organisation denies this version, its publisher, its category or a permission that it would be granted.
# custom:
#   id: install.listed_denied
#   remedy: Choose what the list does not deny, grant less, or ask an admin to change the list.
#   patch:
#     - {op: replace, path: /listed/effect, value: allow}
deny contains "install.listed_denied" if {
	_brings_in
	not _undenied
}

_list_effect := listed.effect(input.listed, input.now)

_undenied if _list_effect == "none"

else if _list_effect in {"allow", "pin", "unlisted"}

# METADATA
# title: Pinned to other versions
# description: A list of the organisation pins this extension to a range of versions, and this one lies outside.
# custom:
#   id: install.pinned
#   remedy: Choose a version within the range, or ask an admin to change the pin.
#   patch:
#     - {op: replace, path: /listed/effect, value: allow}
deny contains "install.pinned" if {
	_brings_in
	_list_effect == "pin"
}

# METADATA
# title: Not on the list
# description: A list of the organisation admits only what it names, and this version is not among that.
# custom:
#   id: install.unlisted
#   remedy: Ask an admin to put it on the list.
#   patch:
#     - {op: replace, path: /listed/effect, value: allow}
deny contains "install.unlisted" if {
	_brings_in
	_list_effect == "unlisted"
}

# METADATA
# title: As many as may be
# description: The organisation has as many installs as it allows itself.
# custom:
#   id: install.limit_reached
#   remedy: Uninstall what is not needed, or ask an admin to raise the limit.
#   patch:
#     - {op: replace, path: /limits/installs, value: null}
deny contains "install.limit_reached" if {
	input.action == "install.create"
	not _room_left
}

_room_left if is_null(input.limits.installs)

else if input.limits.installs.used < input.limits.installs.limit

# METADATA
# title: More risk than the organisation takes
# description: A permission would be granted whose risk is above the organisation's limit.
# custom:
#   id: install.grant_too_risky
#   remedy: Grant no permission above the limit, or ask an admin to raise it.
#   patch:
#     - {op: replace, path: /limits/grant_risk, value: null}
deny contains "install.grant_too_risky" if {
	_brings_in
	not _risk_taken
}

_risk_rank := {"low": 0, "medium": 1, "high": 2, "critical": 3}

_risk_taken if is_null(input.limits.grant_risk)

else if {
	every id in input.grant.permissions {
		id in _risks_taken
	}
}

_risks_taken contains permission.id if {
	some permission in input.manifest.permissions
	_risk_rank[permission.risk] <= _risk_rank[input.limits.grant_risk]
}

# METADATA
# title: Enforcement blocks it
# description: From the rung delist up nothing is installed anew; from suspend up nothing is updated.
# custom:
#   id: install.rung_blocks
#   remedy: Wait until the enforcement case of the extension is settled.
#   patch:
#     - {op: remove, path: /extension/standing/rung}
deny contains "install.rung_blocks" if {
	_brings_in
	not _rungs_permit
}

_rungs_permit if {
	standing.at_large(_standings, input.now)
	_listed_or_here_before
}

_standings := [input.extension.standing, input.version.standing]

_listed_or_here_before if input.action == "install.update"

_listed_or_here_before if {
	rungs := standing.rungs(_standings, input.now)
	not "delist" in rungs
}

# METADATA
# title: The publisher is suspended
# description: Nothing is installed or updated from a publisher on the rung suspend or terminate.
# custom:
#   id: install.publisher_suspended
#   remedy: Wait until the enforcement case of the publisher is settled.
#   patch:
#     - {op: remove, path: /publisher/standing/rung}
deny contains "install.publisher_suspended" if {
	_brings_in
	not _publisher_at_large
}

_publisher_at_large if standing.at_large([input.publisher.standing], input.now)

# METADATA
# title: Consent is missing
# description: Nobody has agreed yet to what this extension may do here.
# custom:
#   id: install.consent_missing
#   remedy: Read what the extension asks for and agree to it.
#   patch:
#     - {op: replace, path: /consent, value: {given: true, covers: true}}
hold contains "install.consent_missing" if {
	input.action == "install.create"
	not input.consent.given
}

# METADATA
# title: Consent was for something else
# description: The consent names another digest or another grant than what would be installed.
# custom:
#   id: install.consent_stale
#   remedy: Read what the extension asks for now and agree to that.
#   patch:
#     - {op: replace, path: /consent/covers, value: true}
deny contains "install.consent_stale" if {
	_brings_in
	input.consent.given
	not input.consent.covers
}

# METADATA
# title: The update asks for more
# description: The update would grant permissions that nobody has agreed to before.
# custom:
#   id: install.widened
#   remedy: Read what was added and agree to it, or grant no more than before.
#   patch:
#     - {op: replace, path: /grant/widened, value: []}
hold contains "install.widened" if {
	input.action == "install.update"
	not input.grant.widened == []
	not input.consent.given
}

_params["install.event_undeclared"] := {"events": verdict.words(input.manifest.events_undeclared)}

_params["install.feature_unavailable"] := {"features": verdict.words(input.manifest.unbuilt_features)}

_params["install.secret_missing"] := {"secrets": verdict.words(input.manifest.secrets_missing)}

_params["install.grant_beyond_manifest"] := {"permissions": verdict.words(input.grant.beyond_manifest)}

_params["install.widened"] := {"permissions": verdict.words(input.grant.widened)}

_params["install.listed_denied"] := {"entry": input.listed.entry}

_params["install.pinned"] := {"entry": input.listed.entry}

_params["install.unlisted"] := {"list": input.listed.list}

_params["install.limit_reached"] := {"limit": input.limits.installs.limit}

_params["install.grant_too_risky"] := {"permissions": verdict.words([id |
	some id in input.grant.permissions
	not id in _risks_taken
])}
