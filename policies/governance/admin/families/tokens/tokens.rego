# METADATA
# title: Tokens of programs
# description: What is given out for a while, for an outside token and for an install.
# schemas:
#   - input: schema.admin
package governance.admin.families.tokens

import data.governance.verdict

# METADATA
# title: Words of reasons
# description: What a reason says besides its id.
params["admin.token_beyond_grant"] := {"permissions": verdict.words(input.runtime_token.beyond_grant)}

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
	not input.workload.taken_before == false
}

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
# title: Beyond the install's grant
# description: A runtime token has no permission that its install lacks.
# custom:
#   id: admin.token_beyond_grant
#   remedy: Ask for permissions that the manifest declares and the install was granted.
#   patch:
#     - {op: replace, path: /runtime_token/beyond_grant, value: []}
deny contains "admin.token_beyond_grant" if {
	_mints
	not input.runtime_token.beyond_grant == []
}

_mints if input.action == "runtime_token.create"

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
