# METADATA
# title: Publish gate
# description: Decides who may submit, approve, promote and yank a version, and what waits for a review.
# schemas:
#   - input: schema.publish
package governance.publish

import data.governance.actor
import data.governance.standing
import data.governance.verdict

# METADATA
# title: Answer of the publish gate
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
	"otherwise": "publish.not_permitted",
})

_approval := {
	"kind": "review",
	"scope": "extensions:review",
	"quorum": data.platform.publish.review_quorum,
	"expires_in_s": data.platform.publish.review_expires_in_s,
}

# With a default it is remembered also where it does not hold.
default _brings_code := false

_brings_code if input.action == "extension.submit"

_brings_code if input.action == "extension.approve"

# METADATA
# title: The publishing request is in order
# description: The actor may do this and nothing speaks against it.
# custom:
#   id: publish.allowed
allow contains "publish.allowed" if _known_action

# METADATA
# title: Nothing permits this
# description: No rule of the publish gate permits this action.
# custom:
#   id: publish.not_permitted
#   remedy: Use one of the actions submit, approve, promote or yank.
deny contains "publish.not_permitted" if not _known_action

_known_action if _brings_code

_known_action if input.action == "extension.promote"

_known_action if input.action == "extension.yank"

# METADATA
# title: Sign in first
# description: Publishing needs a known actor.
# custom:
#   id: publish.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "publish.anonymous" if not actor.known

# METADATA
# title: Prove again who you are
# description: Whoever signed in proves anew, with a second factor, who they are, before they publish, review or promote.
# custom:
#   id: publish.step_up_required
#   remedy: "Sign in again with a second factor: gatehouse login --step-up."
deny contains "publish.step_up_required" if {
	not actor.proven_lately
	_known_action
	not input.action == "extension.yank"
}

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope that this action needs.
# custom:
#   id: publish.scope_missing
#   remedy: Ask an owner for a role with the scope extensions:publish (to publish) or extensions:review (to review).
deny contains "publish.scope_missing" if not _authorized

# Settling a review is carried out by the platform; the votes authorize it, and they are checked below.
_authorized if actor.holds_scope

else if {
	input.action == "extension.approve"
	actor.system
}

# METADATA
# title: Not your publisher
# description: Only members of a publisher may submit, promote or yank its versions.
# custom:
#   id: publish.not_publisher_member
#   remedy: Use a key of a member of the publisher, or register a publisher of your own.
deny contains "publish.not_publisher_member" if {
	not input.action == "extension.approve"
	not _acts_for_publisher
}

_acts_for_publisher if input.actor.publisher_id == input.publisher.id

_acts_for_publisher if {
	input.action == "extension.yank"
	actor.operates_platform
}

# METADATA
# title: Out of reach
# description: The resource belongs to an organisation in which the actor may not act.
# custom:
#   id: publish.cross_tenant
#   hidden: true
#   remedy: Use a key of the organisation that owns the resource.
deny contains "publish.cross_tenant" if {
	not input.action == "extension.approve"
	not actor.reaches_resource
}

# METADATA
# title: The organisation is suspended
# description: A suspended organisation publishes nothing; yanking stays possible.
# custom:
#   id: publish.tenant_suspended
#   remedy: Settle the suspension with the platform's operators.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "publish.tenant_suspended" if {
	not input.action == "extension.yank"
	not actor.tenant_active
	not actor.tenant_closing
}

# METADATA
# title: The organisation is being deleted
# description: An organisation that is being deleted publishes nothing; yanking stays possible.
# custom:
#   id: publish.tenant_closing
#   remedy: "Have an owner call it off within the grace period: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "publish.tenant_closing" if {
	not input.action == "extension.yank"
	actor.tenant_closing
}

# METADATA
# title: The publisher is suspended
# description: A publisher on the rung suspend or terminate brings in no code and promotes nothing.
# custom:
#   id: publish.publisher_suspended
#   remedy: Settle the enforcement case of the publisher, or appeal.
#   patch:
#     - {op: remove, path: /publisher/standing/rung}
deny contains "publish.publisher_suspended" if {
	not input.action == "extension.yank"
	not _publisher_at_large
}

_publisher_at_large if standing.at_large([input.publisher.standing], input.now)

# METADATA
# title: The extension is suspended
# description: An extension on the rung suspend or terminate gets no new code and no wider channel.
# custom:
#   id: publish.extension_suspended
#   remedy: Settle the enforcement case of the extension, or appeal.
#   patch:
#     - {op: remove, path: /extension/standing/rung}
deny contains "publish.extension_suspended" if {
	not input.action == "extension.yank"
	not _extension_at_large
}

_extension_at_large if is_null(input.extension)

else if standing.at_large([input.extension.standing, input.version.standing], input.now)

# METADATA
# title: The bundle is not signed
# description: The bundle came without a signature.
# custom:
#   id: publish.unsigned
#   remedy: Sign it with "gatehouse ext sign" and publish again.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.unsigned" if {
	input.signature.state == "unsigned"
	_brings_code
}

# METADATA
# title: The signer is unknown
# description: The signing key is not in the trust bundle.
# custom:
#   id: publish.unknown_signer
#   remedy: Register the key with your publisher, or sign with a registered one.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.unknown_signer" if {
	input.signature.state == "unknown_signer"
	_brings_code
}

# METADATA
# title: The signing key was revoked
# description: The key that signed the bundle was revoked.
# custom:
#   id: publish.signature_revoked
#   remedy: Sign with a key of the publisher that is in force.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.signature_revoked" if {
	input.signature.state == "revoked"
	_brings_code
}

# METADATA
# title: The signing key has expired
# description: The key that signed the bundle is past its validity.
# custom:
#   id: publish.signature_expired
#   remedy: Sign with a key of the publisher that is in force.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.signature_expired" if {
	input.signature.state == "expired"
	_brings_code
}

# METADATA
# title: The bundle was changed after signing
# description: The signature names another digest than the one of the bundle that was sent.
# custom:
#   id: publish.digest_mismatch
#   remedy: Sign exactly the bundle that you publish.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.digest_mismatch" if {
	input.signature.state == "digest_mismatch"
	_brings_code
}

# METADATA
# title: The signature does not verify
# description: The signature is not one of the key it names.
# custom:
#   id: publish.signature_bad
#   remedy: Sign the bundle again and publish it unchanged.
#   patch:
#     - {op: replace, path: /signature/state, value: valid}
deny contains "publish.signature_bad" if {
	_brings_code
	not _signature_explained
}

_signature_explained if input.signature.state == "valid"

else if input.signature.state in {"digest_mismatch", "expired", "revoked", "unknown_signer", "unsigned"}

# METADATA
# title: Signed by another publisher
# description: The key that signed the bundle belongs to another publisher.
# custom:
#   id: publish.signer_not_publisher
#   remedy: Sign with a key of the publisher that publishes.
deny contains "publish.signer_not_publisher" if {
	input.signature.state == "valid"
	_brings_code
	not _signed_by_publisher
}

_signed_by_publisher if input.signature.publisher_id == input.publisher.id

# METADATA
# title: The name belongs to another publisher
# description: An extension of this name exists and has another publisher.
# custom:
#   id: publish.namespace_taken
#   remedy: Choose a name in your own namespace.
deny contains "publish.namespace_taken" if {
	not input.action == "extension.approve"
	not _name_is_ours
}

_name_is_ours if is_null(input.extension)

else if input.extension.publisher_id == input.publisher.id

# METADATA
# title: The version exists
# description: A version is published once; its bytes never change.
# custom:
#   id: publish.duplicate_version
#   remedy: Raise the version in the manifest and publish again.
#   patch:
#     - {op: replace, path: /version/exists, value: false}
deny contains "publish.duplicate_version" if {
	input.action == "extension.submit"
	not input.version.exists == false
}

# METADATA
# title: Certification could not run
# description: A check of the certification could not run, and a check that did not run is never a pass.
# custom:
#   id: publish.certification_unavailable
#   remedy: Publish again once certification is available.
#   patch:
#     - {op: replace, path: /certification/state, value: completed}
deny contains "publish.certification_unavailable" if {
	_brings_code
	not input.certification.state == "completed"
}

# METADATA
# title: Malware was found
# description: Certification found malware.
# custom:
#   id: publish.malware
#   remedy: Remove what was found; a false positive can be reported to the platform's operators.
#   patch:
#     - {op: replace, path: /certification/findings, value: []}
deny contains "publish.malware" if {
	_brings_code
	not _free_of_malware
}

_free_of_malware if {
	every finding in input.certification.findings {
		finding.malware == false
	}
}

# METADATA
# title: A critical finding
# description: Certification found something critical.
# custom:
#   id: publish.critical_finding
#   remedy: Repair what was found and publish again.
#   patch:
#     - {op: replace, path: /certification/findings, value: []}
deny contains "publish.critical_finding" if {
	_brings_code
	not _below("critical")
}

# METADATA
# title: A finding of high severity
# description: Certification found something of high severity.
# custom:
#   id: publish.finding
#   waivable: true
#   remedy: Repair what was found and publish again.
#   patch:
#     - {op: replace, path: /certification/findings, value: []}
deny contains "publish.finding" if {
	_brings_code
	not _below("high")
}

# No finding has this severity; undefined where the findings are not there.
_below(severity) if {
	every finding in input.certification.findings {
		finding.severity != severity
	}
}

# METADATA
# title: Findings to look at
# description: Certification found something of medium or low severity; it is published with a warning.
# custom:
#   id: publish.warn_findings
oblige contains "publish.warn_findings" if {
	_brings_code
	some finding in input.certification.findings
	_worth_a_look(finding.severity)
}

_worth_a_look("medium")
_worth_a_look("low")

# METADATA
# title: A review is needed
# description: The manifest asks for permissions that a person has to look at before the version is let in.
# custom:
#   id: publish.review_required
#   waivable: true
#   remedy: Wait for a reviewer, or ask for fewer permissions.
#   patch:
#     - {op: replace, path: /manifest/permissions, value: []}
hold contains "publish.review_required" if {
	input.action == "extension.submit"
	not _asks_for_little
}

_asks_for_little if {
	every permission in input.manifest.permissions {
		_passes_without_review(permission)
	}
}

_reviewed_permissions := {permission.id |
	some permission in input.manifest.permissions
	not _passes_without_review(permission)
}

_passes_without_review(permission) if {
	permission.risk == "low"
	permission.id in data.platform.publish.permissions_without_review
}

# METADATA
# title: No longer open to review
# description: Only a version that is pending or in review can be approved.
# custom:
#   id: publish.not_pending
#   remedy: Publish a new version.
#   patch:
#     - {op: replace, path: /version/review_state, value: pending}
deny contains "publish.not_pending" if {
	input.action == "extension.approve"
	not _open_to_review
}

_open_to_review if input.version.review_state == "pending"

_open_to_review if input.version.review_state == "in_review"

_review_scope := "extensions:review"

_reviewers contains vote.voter if {
	some vote in input.votes
	vote.verdict == "approve"
	_review_scope in vote.scopes
	vote.publisher_id != input.publisher.id
	vote.made_by_opener == false
}

# METADATA
# title: Approved by its own publisher
# description: A version is reviewed by somebody who is not of its publisher; such a vote does not count.
# custom:
#   id: publish.self_review
#   remedy: Have somebody outside the publisher review the version.
#   patch:
#     - {op: add, path: /votes/-, value: {voter: another, verdict: approve, scopes: ["extensions:review"], publisher_id: null, made_by_opener: false}}
deny contains "publish.self_review" if {
	input.action == "extension.approve"
	count(_reviewers) == 0
	some vote in input.votes
	vote.verdict == "approve"
	vote.publisher_id == input.publisher.id
}

# METADATA
# title: Not enough reviewers
# description: Too few people who may review have approved this version.
# custom:
#   id: publish.review_missing
#   remedy: Have the version reviewed.
#   patch:
#     - {op: add, path: /votes/-, value: {voter: another, verdict: approve, scopes: ["extensions:review"], publisher_id: null, made_by_opener: false}}
deny contains "publish.review_missing" if {
	input.action == "extension.approve"
	not _reviewed
}

_reviewed if count(_reviewers) >= data.platform.publish.review_quorum

# METADATA
# title: A reviewer denied it
# description: At least one reviewer voted against this version.
# custom:
#   id: publish.review_denied
#   remedy: Repair what the reviewer named and publish a new version.
#   patch:
#     - {op: replace, path: /votes, value: []}
deny contains "publish.review_denied" if {
	input.action == "extension.approve"
	not _unopposed
}

_unopposed if {
	every vote in input.votes {
		vote.verdict == "approve"
	}
}

# METADATA
# title: Not approved
# description: Only an approved version moves to another channel.
# custom:
#   id: publish.not_approved
#   remedy: Wait for the review, then promote.
#   patch:
#     - {op: replace, path: /version/review_state, value: approved}
deny contains "publish.not_approved" if {
	input.action == "extension.promote"
	not input.version.review_state == "approved"
}

# METADATA
# title: A channel was skipped
# description: A version goes from draft to beta and from beta to ga, one step at a time.
# custom:
#   id: publish.channel_skipped
#   waivable: true
#   remedy: Promote to the next channel.
deny contains "publish.channel_skipped" if {
	input.action == "extension.promote"
	not _next_channel
}

_next_channel if {
	input.promotion.from == input.version.channel
	input.promotion.to == _channel_after(input.promotion.from)
}

_channel_after("draft") := "beta"
_channel_after("beta") := "ga"

# METADATA
# title: The version was yanked
# description: A yanked version is not promoted.
# custom:
#   id: publish.yanked
#   remedy: Publish a new version.
#   patch:
#     - {op: replace, path: /version/yanked, value: false}
deny contains "publish.yanked" if {
	input.action == "extension.promote"
	not input.version.yanked == false
}

_params["publish.review_required"] := {"permissions": verdict.words(sort(_reviewed_permissions))}

_params["publish.namespace_taken"] := {"extension": input.extension.id}

_params["publish.warn_findings"] := {"count": count(input.certification.findings)}
