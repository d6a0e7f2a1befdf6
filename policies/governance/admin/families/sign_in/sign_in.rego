# METADATA
# title: Coming in
# description: Signing in, by a provider or here, the accounts for that, and joining by an invitation.
# schemas:
#   - input: schema.admin
package governance.admin.families.sign_in

default _signs_in_here := false

_signs_in_here if {
	input.action == "session.create"
	is_object(input.local_account)
	not input.sign_in
}

_by_local_account if _signs_in_here

_by_local_account if {
	input.action in {
		"account.knock", "account.recover", "account.enrol", "account.change",
		"account.reset",
	}
}

_by_local_account if {
	input.action == "invitation.accept"
	is_object(input.local_account)
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
	input.action == "invitation.accept"
	not input.invitation.open
}

# METADATA
# title: The inviter may not
# description: Whoever invited has left, or has no longer what the invitation gives.
# custom:
#   id: admin.inviter_may_not
#   remedy: Ask an administrator of the organisation to send the invitation again.
#   patch:
#     - {op: replace, path: /invitation/inviter_may, value: true}
deny contains "admin.inviter_may_not" if {
	input.action == "invitation.accept"
	not input.invitation.inviter_may
}

# METADATA
# title: Join by signing in
# description: Where people sign in by a provider, an invitation is taken by signing in with its address.
# custom:
#   id: admin.invitation_by_sign_in
#   remedy: "Sign in with the address that was invited: gatehouse login --email ADDRESS."
#   patch:
#     - {op: replace, path: /invitation/provider, value: false}
deny contains "admin.invitation_by_sign_in" if {
	input.action == "invitation.accept"
	not _joins_by_token
}

_joins_by_token if input.invitation.provider == false

# With a password of their own, where the organisation allows it.
_joins_by_token if is_object(input.local_account)

# METADATA
# title: The provider is turned off
# description: Nobody signs in by an identity provider that is turned off.
# custom:
#   id: admin.sign_in_provider_disabled
#   remedy: Sign in by another provider, or have an owner turn this one on.
#   patch:
#     - {op: replace, path: /sign_in/provider_enabled, value: true}
deny contains "admin.sign_in_provider_disabled" if {
	input.action == "session.create"
	not _signs_in_here
	not input.sign_in.provider_enabled
}

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

_enters if input.action == "session.create"

_enters if input.action == "account.knock"

_enters if input.action == "account.recover"

_enters if input.action == "account.enrol"

_active if input.sign_in.active

else if input.local_account.active

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
	input.action == "session.create"
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
	input.sign_in.jit == "link"
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
# title: Passwords are refused here
# description: Where an organisation signs in by its identity provider alone, nobody signs in by a password or passkey of Gatehouse, whether it is right or not.
# custom:
#   id: admin.passwords_refused_under_sso
#   remedy: "Sign in by your organisation's provider: gatehouse login, or /auth/login."
#   patch:
#     - {op: replace, path: /local_account/allowed, value: true}
deny contains "admin.passwords_refused_under_sso" if {
	not input.local_account.allowed
	_by_local_account
}

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
	not input.local_account.proven
}

_asks_for_proof if _signs_in_here

_asks_for_proof if input.action == "account.enrol"

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
