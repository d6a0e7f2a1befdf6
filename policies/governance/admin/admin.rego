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
	"kind": _approval_kinds[input.action],
	"scope": input.required_scope,
	"quorum": data.platform.policy.activation_quorum,
	"expires_in_s": data.platform.policy.activation_expires_in_s,
}

_approval_kinds := {"policy.activate": "policy", "tenant_policy.activate": "tenant_policy"}

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

_offered if input.action in {"platform.bootstrap", "platform.status", "whoami.read", "session.create", "session.read", "session.end", "service_token.create"}

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
	not actor.known
}

_signs_in if input.action == "session.create"

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
	not actor.operates_platform
}

_reads if endswith(input.action, ".read")

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
		"person.create", "person.update", "key.create", "key.revoke", "role.write", "group_rules.write",
		"scim.configure",
		"provider.create", "provider.update", "session.revoke", "tenant.transfer",
		"invitation.create", "invitation.resend", "invitation.revoke",
		"service_account.create", "service_account.handover", "service_account.credential_add",
		"service_account.credential_revoke", "service_token.create",
	}
	not _grants_within_own
}

_grants_within_own if count(input.role_grant.scopes_beyond_actor) == 0

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

# METADATA
# title: The last owner stays
# description: An organisation keeps an active owner; the last one is not disabled and keeps the role.
# custom:
#   id: admin.last_owner
#   remedy: "Make somebody else an owner first: gatehouse organisations transfer PERSON."
#   patch:
#     - {op: replace, path: /ownership/owners_left, value: 1}
deny contains "admin.last_owner" if {
	input.action == "person.update"
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

# METADATA
# title: Prove again who you are
# description: Whoever signed in proves anew, with a second factor, who they are, before they agree to something or put policy in force.
# custom:
#   id: admin.step_up_required
#   remedy: "Sign in again with a second factor: gatehouse login --step-up."
deny contains "admin.step_up_required" if {
	input.action in {"approval.vote", "policy.activate", "policy.rollback", "tenant_policy.activate", "provider.create", "provider.update", "tenant.transfer"}
	not actor.proven_lately
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
	_signs_in
	not _active
}

_active if input.sign_in.active

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

_provisions if input.action == "scim.provision"

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
