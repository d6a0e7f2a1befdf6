# METADATA
# title: Admin gate
# description: Decides everything else that people do, such as people, keys, votes, and reading.
# schemas:
#   - input: schema.admin
package governance.admin

import data.governance.actor
import data.governance.verdict

# METADATA
# title: Answer of the admin gate
# description: One answer for each input; deny stands above allow.
# entrypoint: true
# scope: document
decision := verdict.of({
	"facts": input,
	"deny": deny,
	"hold": hold,
	"allow": allow,
	"oblige": set(),
	"params": _params,
	"approval": _approval,
	"otherwise": "admin.not_permitted",
})

default _approval := null

# By break-glass whoever usually agrees may be out of reach: more people are asked, and for less time.
_approval := {
	"kind": "policy",
	"scope": _break_glass_scope,
	"quorum": data.platform.policy.break_glass_quorum,
	"expires_in_s": data.platform.policy.break_glass_vote_expires_in_s,
} if {
	_breaks_glass
} else := {
	"kind": "waiver",
	"scope": "policy:activate",
	"quorum": data.platform.policy.waiver_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
} if {
	_waives
} else := {
	"kind": "scim_brake",
	"scope": _brake_scope,
	"quorum": data.platform.scim.brake_quorum,
	"expires_in_s": data.platform.scim.brake_expires_in_s,
} if {
	_lets_go
} else := {
	# Whoever asks to release has agreed already.
	"kind": "scim_brake",
	"scope": _brake_scope,
	"quorum": max({1, data.platform.scim.brake_quorum - 1}),
	"expires_in_s": data.platform.scim.brake_expires_in_s,
} if {
	_releases_brake
} else := {
	"kind": _approval_kinds[input.action],
	"scope": input.required_scope,
	"quorum": data.platform.policy.activation_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

_approval_kinds := {
	"policy.activate": "policy",
	"tenant_policy.activate": "tenant_policy",
	"person.erase": "erasure",
	"tenant.delete": "organisation",
}

_bootstraps if input.action == "platform.bootstrap"

_votes if input.action == "approval.vote"

# METADATA
# title: The request is in order
# description: The actor may do this and nothing speaks against it.
# custom:
#   id: admin.allowed
allow contains "admin.allowed" if input.action

# METADATA
# title: Nothing permits this
# description: An action that asks for no scope is one of the few that are open to everybody.
# custom:
#   id: admin.not_permitted
#   remedy: Use one of the actions that the platform offers.
deny contains "admin.not_permitted" if not _offered

_offered if is_string(input.required_scope)

_offered if input.action in {"platform.bootstrap", "platform.status", "whoami.read", "session.create", "session.read", "session.end", "service_token.create", "service_token.exchange", "account.read", "account.knock", "account.enrol", "account.change", "person.export_own"}

_offered if _accepts

_offered if _expires

_offered if _lapses

# METADATA
# title: Sign in first
# description: Only the first set-up is open to somebody unknown.
# custom:
#   id: admin.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "admin.anonymous" if {
	not _bootstraps
	not _signs_in
	not _accepts
	not _knocks
	not actor.known
}

_signs_in if input.action == "session.create"

# Whoever signs in here is nobody until they have.
_knocks if input.action in {"account.knock", "account.enrol"}

_signs_in_here if {
	_signs_in
	is_object(input.local_account)
	not input.sign_in
}

_by_local_account if _signs_in_here

_by_local_account if _knocks

_by_local_account if input.action in {"account.change", "account.reset"}

_by_local_account if {
	_accepts
	is_object(input.local_account)
}

# Whoever joins belongs to nobody yet; the token speaks for them.
_accepts if input.action == "invitation.accept"

_lapses if input.action == "domain.lapse"

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope that this action needs.
# custom:
#   id: admin.scope_missing
#   remedy: Ask an owner for a role or a key with this scope.
deny contains "admin.scope_missing" if {
	not _platform_itself
	not actor.holds_scope
}

# What the platform's setting asks for is carried out by the platform, which holds no scopes.
_platform_itself if {
	input.action == "audit.retain"
	actor.system
}

# So is what the pairs of a canary ask for.
_platform_itself if {
	_moves_canary
	actor.system
}

# A sandbox ends by itself.
_platform_itself if {
	_removes
	actor.system
	_sandbox_ended
}

# METADATA
# title: Too young to go
# description: Decisions go once the newest of them is older than the platform keeps decisions.
# custom:
#   id: admin.retention_not_due
#   remedy: Wait until the newest of these decisions is old enough, or keep decisions for fewer days.
deny contains "admin.retention_not_due" if {
	input.action == "audit.retain"
	not _retention_due
}

_retention_due if input.retention.until + (input.retention.days * 86400000) <= input.now

# METADATA
# title: Out of reach
# description: The resource belongs to an organisation in which the actor may not act.
# custom:
#   id: admin.cross_tenant
#   hidden: true
#   remedy: Use a key of the organisation that owns the resource.
deny contains "admin.cross_tenant" if {
	not _bootstraps
	not _signs_in
	not _accepts
	not _knocks
	not _public_reading
	not actor.reaches_resource
}

# What is listed for everybody may be read by everybody, whoever owns it.
_public_reading if input.action in {"extension.read", "publisher.read"}

# METADATA
# title: The organisation is suspended
# description: People of a suspended organisation can read, vote on nothing and change nothing.
# custom:
#   id: admin.tenant_suspended
#   remedy: Settle the suspension with the platform's operators.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "admin.tenant_suspended" if {
	not _reads
	not actor.tenant_active
	not actor.tenant_closing
	not actor.operates_platform
}

# METADATA
# title: The organisation is being deleted
# description: Of an organisation that is being deleted only its owners come in, who can look, take out what it has, and call it off.
# custom:
#   id: admin.tenant_closing
#   remedy: "Have an owner call it off within the grace period: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "admin.tenant_closing" if {
	not actor.tenant_stays
	not actor.operates_platform
	not _open_while_closing
}

_open_while_closing if input.action in {"whoami.read", "session.read", "session.end"}

_open_while_closing if {
	_signs_in
	input.sign_in.owner
}

_open_while_closing if {
	_owns_resource
	_for_owners_while_closing
}

_for_owners_while_closing if _reads

_for_owners_while_closing if input.action in {"tenant.restore", "tenant.remove", "audit.export"}

_reads if endswith(input.action, ".read")

_reads if _exports

_exports if input.action == "tenant.export"

# METADATA
# title: The platform is set up already
# description: The first owner is made once, on an empty platform.
# custom:
#   id: admin.bootstrap_closed
#   remedy: Sign in as an owner.
#   patch:
#     - {op: replace, path: /bootstrap/empty, value: true}
deny contains "admin.bootstrap_closed" if {
	_bootstraps
	not input.bootstrap.empty
}

# METADATA
# title: The one-time token is not valid
# description: The first set-up needs the one-time token that the service printed.
# custom:
#   id: admin.bootstrap_token_invalid
#   remedy: Use the token that the service printed when it started.
#   patch:
#     - {op: replace, path: /bootstrap/token_valid, value: true}
deny contains "admin.bootstrap_token_invalid" if {
	_bootstraps
	not input.bootstrap.token_valid
}

# METADATA
# title: More than one's own
# description: Nobody hands out scopes that they do not have themselves, writes a role of them or a rule that gives them, makes a SCIM token that could, or revokes a key of somebody who has them.
# custom:
#   id: admin.role_beyond_own
#   remedy: Stay within the roles and scopes that you have, or ask somebody who has them.
#   patch:
#     - {op: replace, path: /role_grant/scopes_beyond_actor, value: []}
deny contains "admin.role_beyond_own" if {
	input.action in {
		"person.create", "person.update", "person.erase", "key.create", "key.revoke", "role.write", "group_rules.write",
		"scim.configure",
		"provider.create", "provider.update", "session.revoke", "tenant.transfer",
		"invitation.create", "invitation.resend", "invitation.revoke",
		"service_account.create", "service_account.handover", "service_account.credential_add",
		"service_account.credential_revoke", "service_account.identity_add", "service_account.identity_remove",
		"service_token.create", "service_token.exchange", "account.reset",
	}
	not _grants_within_own
}

_grants_within_own if count(input.role_grant.scopes_beyond_actor) == 0

_exchanges if input.action == "service_token.exchange"

# METADATA
# title: The token fits no trust
# description: >-
#   An outside token is exchanged only where the service account has a federated identity of its issuer and audience whose subject
#   and claims it fits.
# custom:
#   id: admin.workload_untrusted
#   remedy: "Add a federated identity that fits: gatehouse service-accounts identities add."
#   patch:
#     - {op: replace, path: /workload/identity_id, value: 01990000-0000-7000-8000-0000000000f1}
deny contains "admin.workload_untrusted" if {
	_exchanges
	not _workload_trusted
}

_workload_trusted if is_string(input.workload.identity_id)

# METADATA
# title: The token was exchanged before
# description: A federated identity that takes each token once takes none a second time.
# custom:
#   id: admin.workload_replayed
#   remedy: Ask the issuer for another token; one that must be used more than once needs a federated identity that says so.
#   patch:
#     - {op: replace, path: /workload/taken_before, value: false}
deny contains "admin.workload_replayed" if {
	_exchanges
	not _workload_fresh
}

_workload_fresh if input.workload.taken_before == false

# METADATA
# title: The token is issued for too long
# description: Whoever finds an outside token can use it as long as it is valid; how long that may be, the platform's data says.
# custom:
#   id: admin.workload_lasts_too_long
#   remedy: Ask the issuer for a token that expires sooner.
#   patch:
#     - {op: replace, path: /workload/lasts_s, value: 600}
deny contains "admin.workload_lasts_too_long" if {
	_exchanges
	not _workload_short_lived
}

_workload_short_lived if {
	input.workload.lasts_s > 0
	input.workload.lasts_s <= data.platform.workload.token_max_s
}

# METADATA
# title: The invitation counts no more
# description: An invitation is taken once, while it was neither taken back nor has expired.
# custom:
#   id: admin.invitation_closed
#   remedy: Ask whoever invited you to send it again.
#   patch:
#     - {op: replace, path: /invitation/open, value: true}
deny contains "admin.invitation_closed" if {
	_accepts
	not _invitation_open
}

_invitation_open if input.invitation.open

# METADATA
# title: The inviter may not
# description: Whoever invited has left, or has no longer what the invitation gives.
# custom:
#   id: admin.inviter_may_not
#   remedy: Ask an administrator of the organisation to send the invitation again.
#   patch:
#     - {op: replace, path: /invitation/inviter_may, value: true}
deny contains "admin.inviter_may_not" if {
	_accepts
	not _inviter_may
}

_inviter_may if input.invitation.inviter_may

# METADATA
# title: Join by signing in
# description: Where people sign in by a provider, an invitation is taken by signing in with its address.
# custom:
#   id: admin.invitation_by_sign_in
#   remedy: "Sign in with the address that was invited: gatehouse login --email ADDRESS."
#   patch:
#     - {op: replace, path: /invitation/provider, value: false}
deny contains "admin.invitation_by_sign_in" if {
	_accepts
	not _joins_by_token
}

_joins_by_token if input.invitation.provider == false

# With a password of their own, where the organisation allows it.
_joins_by_token if is_object(input.local_account)

# METADATA
# title: The last owner stays
# description: An organisation keeps an active owner; the last one is neither disabled nor erased, and keeps the role.
# custom:
#   id: admin.last_owner
#   remedy: "Make somebody else an owner first: gatehouse organisations transfer PERSON."
#   patch:
#     - {op: replace, path: /ownership/owners_left, value: 1}
deny contains "admin.last_owner" if {
	input.action in {"person.update", "person.erase"}
	not _owner_stays
}

_owner_stays if input.ownership.takes_owner == false

_owner_stays if input.ownership.owners_left > 0

# METADATA
# title: Only an owner gives ownership
# description: Ownership goes from an owner, who is a person, to somebody of the same organisation.
# custom:
#   id: admin.not_owner
#   remedy: Ask an owner of the organisation to give it.
deny contains "admin.not_owner" if {
	input.action == "tenant.transfer"
	not _owns_resource
}

_owns_resource if {
	input.actor.kind == "user"
	"owner" in input.actor.roles
	input.resource.tenant_id == input.actor.tenant_id
}

_suspends if input.action in {"tenant.suspend", "tenant.resume"}

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
	not _of_others
}

_of_others if {
	input.resource.tenant_id != null
	input.resource.tenant_id != input.actor.tenant_id
}

_deletes if input.action == "tenant.delete"

_calls_off if input.action == "tenant.restore"

_removes if input.action == "tenant.remove"

# METADATA
# title: For an owner
# description: An organisation is deleted, and its deletion called off, by an owner of it, who is a person, or by the platform's operators.
# custom:
#   id: admin.owners_only
#   remedy: Ask an owner of the organisation.
deny contains "admin.owners_only" if {
	input.action in {"tenant.delete", "tenant.restore", "tenant.remove"}
	not _owns_resource
	not actor.operates_platform
}

_makes_sandbox if input.action == "tenant.sandbox"

# METADATA
# title: The sandbox would last too long
# description: A sandbox ends at a moment that has not passed, within the days that the platform's data says.
# custom:
#   id: admin.sandbox_too_long
#   remedy: Ask for fewer days.
#   patch:
#     - {op: replace, path: /sandbox/lasts_s, value: 86400}
deny contains "admin.sandbox_too_long" if {
	_makes_sandbox
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
	_makes_sandbox
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
	_exports
	not _owns_resource
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

_changes_state if _deletes

_changes_state if _calls_off

_changes_state if _removes

_state_fits if {
	not _calls_off
	not _removes
	input.organisation.status in {"active", "suspended"}
}

_state_fits if {
	_calls_off
	input.organisation.status == "closing"
}

_state_fits if {
	_removes
	input.organisation.status in {"active", "suspended", "closing"}
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
	not _of_a_customer
}

_ends_organisation if _deletes

_ends_organisation if _removes

_of_a_customer if input.organisation.platforms_own == false

# METADATA
# title: The platform's operators closed it
# description: What the platform's operators began to close its owners do not open again.
# custom:
#   id: admin.closed_by_platform
#   remedy: Settle it with the platform's operators.
#   patch:
#     - {op: replace, path: /organisation/by_platform, value: false}
deny contains "admin.closed_by_platform" if {
	_calls_off
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
	_removes
	not _removal_due
}

_removal_due if {
	input.organisation.status == "closing"
	is_number(input.organisation.closes_in_s)
	input.organisation.closes_in_s <= 0
}

_removal_due if {
	actor.system
	_sandbox_ended
}

_sandbox_ended if {
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
	_deletes
	not actor.operates_platform
	not _deletion_agreed
}

_deletion_agreed if input.organisation.other_owners == 0

_deletion_agreed if count(_approvers(input.organisation.votes, input.required_scope, input.actor.id)) > 0

# METADATA
# title: Prove again who you are
# description: Whoever signed in proves anew, with a second factor, who they are, before they agree to something or put policy in force.
# custom:
#   id: admin.step_up_required
#   remedy: "Sign in again with a second factor: gatehouse login --step-up."
deny contains "admin.step_up_required" if {
	_asks_for_step_up
	not actor.proven_lately
}

_asks_for_step_up if input.action in {"approval.vote", "policy.activate", "policy.rollback", "tenant_policy.activate", "provider.create", "provider.update", "tenant.transfer", "person.erase", "tenant.delete"}

# How people sign in is as weighty as who says who they are.
_asks_for_step_up if input.action in {"account.change", "account.reset"}

_asks_for_step_up if {
	input.action == "tenant.update"
	not _opens_no_local_accounts
}

# METADATA
# title: The provider is turned off
# description: Nobody signs in by an identity provider that is turned off.
# custom:
#   id: admin.sign_in_provider_disabled
#   remedy: Sign in by another provider, or have an owner turn this one on.
#   patch:
#     - {op: replace, path: /sign_in/provider_enabled, value: true}
deny contains "admin.sign_in_provider_disabled" if {
	_signs_in
	not _signs_in_here
	not _provider_enabled
}

_provider_enabled if input.sign_in.provider_enabled

# METADATA
# title: No longer with us
# description: Somebody who was disabled does not sign in.
# custom:
#   id: admin.sign_in_disabled
#   remedy: Ask an administrator of the organisation.
#   patch:
#     - {op: replace, path: /sign_in/active, value: true}
deny contains "admin.sign_in_disabled" if {
	_enters
	not _active
}

_enters if _signs_in

_enters if _knocks

_active if input.sign_in.active

_active if input.local_account.active

# METADATA
# title: Passwords are refused here
# description: Where an organisation signs in by its identity provider alone, nobody signs in by a password or passkey of Gatehouse, whether it is right or not.
# custom:
#   id: admin.passwords_refused_under_sso
#   remedy: "Sign in by your organisation's provider: gatehouse login, or /auth/login."
#   patch:
#     - {op: replace, path: /local_account/allowed, value: true}
deny contains "admin.passwords_refused_under_sso" if {
	_by_local_account
	not _local_accounts_allowed
}

_local_accounts_allowed if input.local_account.allowed

# METADATA
# title: Not proven who it is
# description: Whoever signs in here gives two factors; what they enrol before that takes a token, or a password, that counts.
# custom:
#   id: admin.account_unproven
#   remedy: Begin again at /auth/password, or ask an administrator for another token.
#   patch:
#     - {op: replace, path: /local_account/proven, value: true}
deny contains "admin.account_unproven" if {
	_asks_for_proof
	not _account_proven
}

_asks_for_proof if _signs_in_here

_asks_for_proof if input.action == "account.enrol"

_account_proven if input.local_account.proven

# METADATA
# title: Sign in for this
# description: How somebody signs in is changed by themselves, signed in; a key of theirs does not suffice.
# custom:
#   id: admin.account_by_session
#   remedy: "Sign in first: gatehouse login."
deny contains "admin.account_by_session" if {
	input.action == "account.change"
	not _in_session
}

_in_session if {
	input.actor.kind == "user"
	is_object(input.actor.session)
}

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

_sign_in_setting_in_order if _opens_no_local_accounts

_sign_in_setting_in_order if "sign_in:write" in input.actor.scopes

_opens_no_local_accounts if input.sign_in_setting.opens_local_accounts == false

# METADATA
# title: Nobody here by this account
# description: >-
#   Somebody who comes for the first time is linked to a person or made, as the organisation's provider says, and only by an
#   address that the provider vouches for in a domain that the organisation proved to be its own.
# custom:
#   id: admin.sign_in_unknown
#   remedy: Ask an administrator to add you with the address that the provider knows, or to let its people in.
#   patch:
#     - {op: replace, path: /sign_in/known, value: true}
deny contains "admin.sign_in_unknown" if {
	_signs_in
	not _signs_in_here
	not _may_come_in
}

_may_come_in if input.sign_in.known

# Whoever invited named the address, wherever it lies.
_may_come_in if {
	input.sign_in.email_verified
	input.sign_in.invited
}

_may_come_in if {
	_address_is_ours
	input.sign_in.jit in {"link", "create"}
	input.sign_in.matches_person
}

_may_come_in if {
	_address_is_ours
	input.sign_in.jit == "create"
}

_address_is_ours if {
	input.sign_in.email_verified
	input.sign_in.domain_verified
}

# METADATA
# title: Not proven
# description: A domain counts once its DNS holds the record that was asked for, and until it no longer does.
# custom:
#   id: admin.domain_unproven
#   remedy: Put the TXT record of the domain into its DNS, wait until it is served, and ask again.
#   patch:
#     - {op: replace, path: /domain/proven, value: true}
deny contains "admin.domain_unproven" if {
	input.action == "domain.verify"
	not _domain_proven
}

_domain_proven if input.domain.proven

# METADATA
# title: Still proven
# description: Only the platform lets a domain lapse, and only one whose record is gone.
# custom:
#   id: admin.domain_lapse_not_due
#   remedy: Release the domain instead.
deny contains "admin.domain_lapse_not_due" if {
	_lapses
	not _lapse_due
}

_lapse_due if {
	actor.system
	input.domain.proven == false
}

# A change to a person that hands out nothing, and the revocation of one's own key.
_grants_within_own if {
	input.action in {"person.update", "key.revoke", "provider.update"}
	is_null(input.role_grant)
}

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

_provisions if input.action in {"scim.provision", "scim.let_go", "scim.hold_off"}

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
	_provisions
	input.scim
	not _takes_nobody_over
	not _may_adopt
}

_takes_nobody_over if input.scim.operation in {"create", "replace", "patch", "delete", "bulk"}

_may_adopt if input.scim.may_adopt

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
	not _none_rejected
}

_none_rejected if input.scim_brake.rejected == 0

# METADATA
# title: Many people would be let go at once
# description: Beyond its share in a window, a connection lets nobody go before people have looked at the list; and once it waits for them, nobody more.
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
	not _spares_privileged
}

_spares_privileged if input.scim_brake.privileged == 0

_says_to_brake if input.action in {"scim.release", "scim.reject"}

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
	not _as_shown
}

_as_shown if input.scim_verdict.digest_matches

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
	approvers := _approvers(input.scim_verdict.votes, _brake_scope, input.actor.id)
	count(approvers | {input.actor.id}) >= data.platform.scim.brake_quorum
}

# METADATA
# title: Beyond the install's grant
# description: A runtime token has no permission that its install lacks.
# custom:
#   id: admin.token_beyond_grant
#   remedy: Ask for permissions that the manifest declares and the install was granted.
#   patch:
#     - {op: replace, path: /runtime_token/beyond_grant, value: []}
deny contains "admin.token_beyond_grant" if {
	_mints
	not _token_within_grant
}

_mints if input.action == "runtime_token.create"

_token_within_grant if count(input.runtime_token.beyond_grant) == 0

# METADATA
# title: The token would last too long
# description: A runtime token lasts an hour at most.
# custom:
#   id: admin.token_too_long
#   remedy: Ask for a token of at most 3600 seconds, and for the next one before it expires.
#   patch:
#     - {op: replace, path: /runtime_token/lasts_s, value: 3600}
deny contains "admin.token_too_long" if {
	_mints
	not _token_short
}

_token_short if input.runtime_token.lasts_s <= 3600

# METADATA
# title: Nothing to vote on
# description: A vote names the approval it is about.
# custom:
#   id: admin.vote_unbound
#   remedy: Vote on one of the approvals that are open.
deny contains "admin.vote_unbound" if {
	_votes
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
	_votes
	not _independent
}

_independent if input.approval.opened_by_actor == false

# METADATA
# title: A vote of the opener's making
# description: A vote does not count where whoever opened the matter made the voter or issued the voter's key, be it through others.
# custom:
#   id: admin.vote_made_by_opener
#   remedy: Vote with a key that somebody other than the opener issued.
#   patch:
#     - {op: replace, path: /approval/voter_made_by_opener, value: false}
deny contains "admin.vote_made_by_opener" if {
	_votes
	not _made_by_others
}

_made_by_others if input.approval.voter_made_by_opener == false

# METADATA
# title: You have voted
# description: Each person has one vote.
# custom:
#   id: admin.voted_already
#   remedy: Wait for the others to vote.
#   patch:
#     - {op: replace, path: /approval/voted_already, value: false}
deny contains "admin.voted_already" if {
	_votes
	not _first_vote
}

_first_vote if input.approval.voted_already == false

# METADATA
# title: Not yours to vote on
# description: Those who may vote hold the scope that the matter itself asks for.
# custom:
#   id: admin.vote_scope_missing
#   remedy: Leave the vote to somebody who holds that scope.
deny contains "admin.vote_scope_missing" if {
	_votes
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
	_votes
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
	_votes
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
	_votes
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
	_votes
	not input.approval.digest_matches
}

_activates if input.action in {"policy.activate", "tenant_policy.activate"}

_rolls_back if input.action in {"policy.rollback", "tenant_policy.rollback"}

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
	not _of_organisation
}

_of_organisation if input.actor.platform == false

_breaks_glass if {
	_activates
	is_object(input.policy.break_glass)
}

# Whoever may stop everything may help to put a policy in force for some hours.
_break_glass_scope := "kill:engage"

_expires if input.action == "policy.expire"

_waives if input.action == "waiver.grant"

# METADATA
# title: The draft has not passed its checks
# description: What is sealed or put in force comes from a draft whose checks all ran and passed, as it stands now.
# custom:
#   id: admin.policy_unchecked
#   remedy: Run the checks, mend what they name, and ask again.
#   patch:
#     - {op: replace, path: /policy/checks_passed, value: true}
deny contains "admin.policy_unchecked" if {
	input.action in {"policy.seal", "tenant_policy.activate"}
	not _checked
}

_checked if input.policy.checks_passed

# METADATA
# title: In force already
# description: This revision decides now.
# custom:
#   id: admin.policy_in_force
#   remedy: Choose another revision.
#   patch:
#     - {op: replace, path: /policy/active, value: false}
deny contains "admin.policy_in_force" if {
	_puts_in_force
	not _idle
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
	not _proven
}

_proven if input.policy.was_active

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

# Those who agree, hold the scope, and are neither whoever asks nor of that person's making.
_approvers(votes, scope, asker) := {vote.voter |
	some vote in votes
	vote.verdict == "approve"
	scope in vote.scopes
	vote.voter != asker
	vote.made_by_opener == false
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
	approvers := _approvers(input.erasure.votes, input.required_scope, input.actor.id)
	count(approvers) >= data.platform.policy.activation_quorum
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
	approvers := _approvers(input.policy.votes, input.required_scope, input.actor.id)
	count(approvers) >= data.platform.policy.activation_quorum
}

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
	approvers := _approvers(input.policy.votes, _break_glass_scope, input.actor.id)
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
	_expires
	not _ran_out
}

_ran_out if {
	actor.system
	input.policy.active_until.left_s <= 0
}

_moves_canary if input.action in {"policy.advance", "policy.revert"}

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
	not _canary_sound
}

_canary_sound if input.policy.canary.breached == false

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

# METADATA
# title: This reason cannot be waived
# description: The rule does not say that it may be waived, or no rule gives this reason.
# custom:
#   id: admin.waiver_not_waivable
#   remedy: Settle what the rule refuses, or change the rule by a draft; "gatehouse policy rules" shows which may be waived.
#   patch:
#     - {op: replace, path: /waiver/waivable, value: true}
deny contains "admin.waiver_not_waivable" if {
	_waives
	not _waivable
}

_waivable if input.waiver.waivable

# METADATA
# title: A waiver ends, and before long
# description: A waiver ends at a moment that has not passed, within the days that the platform's data says.
# custom:
#   id: admin.waiver_term
#   remedy: Name an earlier end in the future; what shall hold for good belongs into the rule.
#   patch:
#     - {op: replace, path: /waiver/lasts_s, value: 86400}
deny contains "admin.waiver_term" if {
	_waives
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
	_waives
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
	_waives
	not _waiver_agreed
}

_waiver_agreed if {
	approvers := _approvers(input.waiver.votes, "policy:activate", input.actor.id)
	count(approvers) >= data.platform.policy.waiver_quorum
}

_params["admin.scope_missing"] := {"scope": input.required_scope}

_params["admin.role_beyond_own"] := {"scopes": verdict.words(input.role_grant.scopes_beyond_actor)}

_params["admin.token_beyond_grant"] := {"permissions": verdict.words(input.runtime_token.beyond_grant)}

_params["admin.vote_scope_missing"] := {"scope": input.approval.eligible_scope}

# ── workspaces ──────────────────────────────────────────────────────────────────────────────────────────────────────

# METADATA
# title: The default workspace stays
# description: What names no workspace is in the default one, so that it is never archived.
# custom:
#   id: admin.workspace_default
#   remedy: Uninstall what shall not be called any more, or archive another workspace.
#   patch:
#     - {op: replace, path: /workspace/default, value: false}
deny contains "admin.workspace_default" if {
	input.action == "workspace.archive"
	not _beside_default
}

_beside_default if input.workspace.default == false

# METADATA
# title: Nothing to change
# description: A workspace is archived while it is active, and restored while it is archived.
# custom:
#   id: admin.workspace_state
#   remedy: Read the workspace again.
deny contains "admin.workspace_state" if {
	input.action in {"workspace.archive", "workspace.restore"}
	not _state_changes
}

_state_changes if {
	input.action == "workspace.archive"
	input.workspace.status == "active"
}

_state_changes if {
	input.action == "workspace.restore"
	input.workspace.status == "archived"
}

# METADATA
# title: More than one's own there
# description: >-
#   Nobody gives roles in a workspace that carry what they do not have there themselves, nor changes those of somebody who has
#   more.
# custom:
#   id: admin.workspace_role_beyond_own
#   remedy: Stay within the roles that you have in this workspace, or ask somebody who has them.
#   patch:
#     - {op: replace, path: /workspace_grant/scopes_beyond_actor, value: []}
deny contains "admin.workspace_role_beyond_own" if {
	input.action in {"workspace.set_member", "workspace.remove_member"}
	not _gives_within_own
}

_gives_within_own if count(input.workspace_grant.scopes_beyond_actor) == 0

_params["admin.workspace_role_beyond_own"] := {"scopes": verdict.words(input.workspace_grant.scopes_beyond_actor)}
