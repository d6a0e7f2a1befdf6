# METADATA
# title: Admin gate
# description: Decides everything else that people do, such as people, keys, votes, and reading.
# schemas:
#   - input: schema.admin
package governance.admin

import data.governance.actor
import data.governance.admin.families
import data.governance.verdict

# METADATA
# title: Answer of the admin gate
# description: One answer for each input; deny stands above allow.
# entrypoint: true
# scope: document
decision := verdict.allowed(allow) if {
	count(_denials) == 0
	count(_holds) == 0
	count(allow) > 0
} else := verdict.of({
	"facts": input,
	"deny": _denials,
	"hold": _holds,
	"allow": allow,
	"oblige": set(),
	"params": {id: _params[id] | some id in _denials},
	"approval": _approval,
	"otherwise": "admin.not_permitted",
})

# What holds for every action stands here, what holds for some in a family: governance/admin/families. Each rule of a family
# says itself for which actions it holds. Only the family of the action is asked, because compiled policy has no index that
# would pass over the rules of the others.
_family := _family_of(split(input.action, ".")[0])

_family_of("platform") := "setup"
_family_of("tenant") := "organisations"
_family_of("workspace") := "workspaces"
_family_of("person") := "people"
_family_of("session") := "sign_in"
_family_of("account") := "sign_in"
_family_of("invitation") := "sign_in"
_family_of("domain") := "domains"
_family_of("service_token") := "tokens"
_family_of("runtime_token") := "tokens"
_family_of("scim") := "scim"
_family_of("group_rules") := "scim"
_family_of("role") := "scim"
_family_of("approval") := "approvals"
_family_of("policy") := "policy"
_family_of("tenant_policy") := "policy"
_family_of("waiver") := "waivers"
_family_of("audit") := "audit"

_denials contains reason if some reason in deny

_denials contains reason if some reason in families[_family].deny

_holds contains reason if some reason in families[_family].hold

default _approval := null

_approval := families[_family].approval

_params[reason] := words if some reason, words in families[_family].params

_params["admin.scope_missing"] := {"scope": input.required_scope}

_params["admin.role_beyond_own"] := {"scopes": verdict.words(input.role_grant.scopes_beyond_actor)}

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

else if {
	input.action in {
		"platform.bootstrap", "platform.status", "whoami.read",
		"session.create", "session.read", "session.end",
		"service_token.create", "service_token.exchange",
		"account.read", "account.knock", "account.recover", "account.enrol", "account.change",
		"invitation.accept", "person.export_own", "person.leave", "policy.expire", "domain.lapse",
	}
}

# METADATA
# title: Sign in first
# description: Only the first set-up is open to somebody unknown.
# custom:
#   id: admin.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "admin.anonymous" if {
	not actor.known
	not _by_nobody_yet
}

# Whoever sets the platform up, signs in or joins is nobody until they have.
_by_nobody_yet if {
	input.action in {
		"platform.bootstrap", "session.create", "invitation.accept",
		"account.knock", "account.recover", "account.enrol",
	}
}

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope that this action needs.
# custom:
#   id: admin.scope_missing
#   remedy: Ask an owner for a role or a key with this scope.
deny contains "admin.scope_missing" if {
	not actor.holds_scope
	not _carried_out_by_platform
}

# What people, a setting or the pairs of a canary asked for is carried out by the platform, which holds no scopes.
_carried_out_by_platform if {
	actor.system
	input.action in {"audit.retain", "policy.advance", "policy.revert"}
}

# A sandbox ends by itself.
_carried_out_by_platform if {
	actor.system
	input.action == "tenant.remove"
	families.organisations.sandbox_ended
}

# METADATA
# title: Out of reach
# description: The resource belongs to an organisation in which the actor may not act.
# custom:
#   id: admin.cross_tenant
#   hidden: true
#   remedy: Use a key of the organisation that owns the resource.
deny contains "admin.cross_tenant" if {
	not actor.reaches_resource
	not _by_nobody_yet
	not _public_reading
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
	not actor.tenant_active
	not actor.tenant_closing
	not actor.operates_platform
	not _reads
}

_reads if endswith(input.action, ".read")

_reads if input.action == "tenant.export"

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

# Who knocks is not known yet; whoever is no owner is refused once they are.
_open_while_closing if input.action == "account.knock"

_open_while_closing if {
	input.action == "session.create"
	input.sign_in.owner
}

_open_while_closing if {
	input.action in {"session.create", "account.recover", "account.enrol"}
	input.local_account.owner
}

_open_while_closing if {
	actor.owns_resource
	_for_owners_while_closing
}

_for_owners_while_closing if _reads

_for_owners_while_closing if input.action in {"tenant.restore", "tenant.remove", "audit.export"}

# METADATA
# title: More than one's own
# description: Nobody hands out scopes that they do not have themselves, writes a role of them or a rule that gives them, makes a SCIM token that could, revokes a key of somebody who has them, or leaves by a key that carries fewer.
# custom:
#   id: admin.role_beyond_own
#   remedy: Stay within the roles and scopes that you have, or ask somebody who has them.
#   patch:
#     - {op: replace, path: /role_grant/scopes_beyond_actor, value: []}
deny contains "admin.role_beyond_own" if {
	not _grants_within_own
	_hands_out(input.action)
}

_grants_within_own if input.role_grant.scopes_beyond_actor == []

# A change to a person that hands out nothing, and the revocation of one's own key.
_grants_within_own if {
	is_null(input.role_grant)
	_may_hand_out_nothing(input.action)
}

_may_hand_out_nothing("person.update")
_may_hand_out_nothing("key.revoke")
_may_hand_out_nothing("provider.update")

_hands_out("person.create")
_hands_out("person.update")
_hands_out("person.erase")
_hands_out("person.leave")
_hands_out("key.create")
_hands_out("key.revoke")
_hands_out("role.write")
_hands_out("group_rules.write")
_hands_out("scim.configure")
_hands_out("provider.create")
_hands_out("provider.update")
_hands_out("session.revoke")
_hands_out("account.reset")
_hands_out("tenant.transfer")
_hands_out("invitation.create")
_hands_out("invitation.resend")
_hands_out("invitation.revoke")
_hands_out("service_account.create")
_hands_out("service_account.handover")
_hands_out("service_account.credential_add")
_hands_out("service_account.credential_revoke")
_hands_out("service_account.identity_add")
_hands_out("service_account.identity_remove")
_hands_out("service_token.create")
_hands_out("service_token.exchange")

# METADATA
# title: Prove again who you are
# description: Whoever signed in proves anew, with a second factor, who they are, before they agree to something or put policy in force.
# custom:
#   id: admin.step_up_required
#   remedy: "Sign in again with a second factor: gatehouse login --step-up."
deny contains "admin.step_up_required" if {
	not actor.proven_lately
	_asks_for_step_up
}

# How people sign in is as weighty as who says who they are.
_asks_for_step_up if {
	input.action in {
		"approval.vote", "policy.activate", "policy.rollback", "tenant_policy.activate",
		"provider.create", "provider.update", "account.change", "account.reset",
		"tenant.transfer", "tenant.delete", "person.erase", "person.leave",
	}
}

_asks_for_step_up if {
	input.action == "tenant.update"
	not families.organisations.opens_no_local_accounts
}
