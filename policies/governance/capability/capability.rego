# METADATA
# title: Capability gate
# description: Decides one host call inside an invocation, down to its arguments.
# schemas:
#   - input: schema.capability
package governance.capability

import data.governance.actor
import data.governance.standing
import data.governance.verdict

# METADATA
# title: Answer of the capability gate
# description: One answer for each input; deny stands above allow.
# entrypoint: true
# scope: document
decision := verdict.allowed(allow) if {
	count(deny) == 0
	count(allow) > 0
} else := verdict.of({
	"facts": input,
	"deny": deny,
	"hold": set(),
	"allow": allow,
	"oblige": set(),
	"params": {id: _params[id] | some id in deny},
	"approval": null,
	"otherwise": "capability.not_permitted",
})

# METADATA
# title: The host call is in order
# description: Declared, granted, and its arguments are within what was agreed.
# custom:
#   id: capability.allowed
allow contains "capability.allowed" if input.action == "capability.use"

# METADATA
# title: Nothing permits this
# description: No rule of the capability gate permits this action.
# custom:
#   id: capability.not_permitted
#   remedy: Use one of the host capabilities.
deny contains "capability.not_permitted" if not input.action == "capability.use"

# METADATA
# title: Nobody stands behind it
# description: A host call is made on behalf of the actor whose call is running.
# custom:
#   id: capability.anonymous
#   remedy: Call the extension with an API key.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "capability.anonymous" if not actor.known

# METADATA
# title: Another organisation's resource
# description: A host call stays inside the organisation whose call is running.
# custom:
#   id: capability.wrong_tenant
#   hidden: true
#   remedy: Reach only what belongs to the organisation of the install.
deny contains "capability.wrong_tenant" if not _own_tenant

_own_tenant if input.resource.tenant_id == input.tenant.id

# METADATA
# title: The organisation is suspended
# description: Extensions of a suspended organisation reach nothing.
# custom:
#   id: capability.tenant_suspended
#   remedy: Settle the suspension with the platform's operators.
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "capability.tenant_suspended" if {
	not actor.tenant_active
	not actor.tenant_closing
}

# METADATA
# title: The organisation is being deleted
# description: Extensions of an organisation that is being deleted reach nothing.
# custom:
#   id: capability.tenant_closing
#   remedy: "Have an owner call it off within the grace period: gatehouse organisations restore ID."
#   patch:
#     - {op: replace, path: /tenant/status, value: active}
deny contains "capability.tenant_closing" if actor.tenant_closing

# METADATA
# title: Not declared
# description: The manifest does not ask for the permission that this host call needs.
# custom:
#   id: capability.undeclared
#   remedy: Ask for the permission in the manifest, and publish a new version.
deny contains "capability.undeclared" if not _declared

_declared if input.capability.permission in input.declared

# METADATA
# title: Not granted
# description: No admin of this organisation granted the permission that this host call needs.
# custom:
#   id: capability.not_granted
#   remedy: Ask an admin to grant the permission to this install.
deny contains "capability.not_granted" if not _granted

_granted if input.capability.permission in input.granted

# METADATA
# title: Enforcement blocks it
# description: The extension stands on the rung suspend or terminate.
# custom:
#   id: capability.rung_blocks
#   remedy: Wait until the enforcement case of the extension is settled.
#   patch:
#     - {op: remove, path: /extension/standing/rung}
deny contains "capability.rung_blocks" if not _rungs_permit

_rungs_permit if standing.at_large([input.extension.standing], input.now)

# METADATA
# title: The arguments do not fit
# description: A host call has the arguments of its own capability and no others.
# custom:
#   id: capability.arguments_invalid
#   remedy: Use the host interface as the SDK declares it.
deny contains "capability.arguments_invalid" if not _arguments_fit

_arguments_given contains "kv" if input.kv != null

_arguments_given contains "http" if input.http != null

_arguments_given contains "secrets" if input.secret != null

_arguments_given contains "log" if input.log != null

_arguments_given contains "config" if input.config != null

_arguments_given contains "metrics" if input.metric != null

_arguments_given contains "events" if input.event != null

_family := split(input.capability.name, ".")[0]

_arguments_fit if _arguments_given == {_family}

# METADATA
# title: The key is not valid
# description: A key is neither empty nor longer than the platform permits.
# custom:
#   id: capability.kv_key_invalid
#   remedy: Use a key of 1 to 256 characters.
#   patch:
#     - {op: replace, path: /kv/key, value: key}
#     - {op: add, path: /kv/keys, value: []}
deny contains "capability.kv_key_invalid" if {
	_family == "kv"
	not _key_valid
}

_key_valid if {
	_key_fits(input.kv.key)
	every key in object.get(input.kv, "keys", []) {
		_key_fits(key)
	}
}

_key_fits(key) if {
	key != ""
	count(key) <= data.platform.capability.kv_key_max_length
}

# METADATA
# title: The value is too large
# description: One value, or all values of a transaction together, are at most as large as the platform permits.
# custom:
#   id: capability.kv_value_too_large
#   remedy: Split the value over several keys and transactions.
#   patch:
#     - {op: replace, path: /kv/size_bytes, value: 0}
deny contains "capability.kv_value_too_large" if {
	_family == "kv"
	not _value_fits
}

_value_fits if input.kv.size_bytes <= data.platform.capability.kv_max_bytes

# METADATA
# title: The storage is full
# description: The install would store more than its quota.
# custom:
#   id: capability.kv_quota_exceeded
#   waivable: true
#   remedy: Delete what is no longer needed, or ask for a larger quota.
#   patch:
#     - {op: replace, path: /kv/size_bytes, value: 0}
#     - {op: replace, path: /kv/used_bytes, value: 0}
deny contains "capability.kv_quota_exceeded" if {
	_family == "kv"
	not _within_kv_quota
}

# Reading and deleting store nothing, also where a quota was cut below what is used.
_within_kv_quota if input.kv.size_bytes == 0

_within_kv_quota if input.kv.used_bytes + input.kv.size_bytes <= input.kv.quota_bytes

# METADATA
# title: The storage has too many entries
# description: The install would store more entries than its quota.
# custom:
#   id: capability.kv_keys_exceeded
#   waivable: true
#   remedy: Delete entries that are no longer needed, or declare a larger kv.quota_keys.
#   patch:
#     - {op: replace, path: /kv/stores_keys, value: 0}
deny contains "capability.kv_keys_exceeded" if {
	_family == "kv"
	not _within_kv_keys
}

# Facts of decisions made before entries were counted say nothing of them.
_stores_keys := object.get(input.kv, "stores_keys", 0)

_within_kv_keys if _stores_keys == 0

else if input.kv.used_keys + _stores_keys <= input.kv.quota_keys

# METADATA
# title: The host was not declared
# description: No egress rule of the manifest covers this host, method and path.
# custom:
#   id: capability.host_undeclared
#   remedy: Declare the host in the manifest's egress and publish a new version.
#   patch:
#     - {op: replace, path: /http/rule, value: 0}
deny contains "capability.host_undeclared" if {
	_family == "http"
	not _egress_declared
}

_egress_declared if input.http.rule >= 0

# METADATA
# title: The address is forbidden
# description: The host is or resolves to an address that extensions do not reach, such as a private one.
# custom:
#   id: capability.address_forbidden
#   remedy: Use a public host by its name; an operator may permit a private one.
#   patch:
#     - {op: replace, path: /http/address_class, value: public}
deny contains "capability.address_forbidden" if {
	_family == "http"
	not _address_permitted
}

_address_permitted if input.http.address_class == "public"

# The name of a host that no rule covers is never looked up: it is refused for that alone.
_address_permitted if {
	input.http.address_class == "unresolved"
	not _egress_declared
}

_address_permitted if {
	input.http.address_class in {"private", "loopback"}
	input.http.private_allowed
}

# METADATA
# title: The request is too large
# description: A request body is at most as large as the platform permits.
# custom:
#   id: capability.http_too_large
#   remedy: Send less in one request.
#   patch:
#     - {op: replace, path: /http/size_bytes, value: 0}
deny contains "capability.http_too_large" if {
	_family == "http"
	not _request_fits
}

_request_fits if input.http.size_bytes <= data.platform.capability.http_max_bytes

# METADATA
# title: Too many requests
# description: One invocation sends at most as many requests as the platform permits.
# custom:
#   id: capability.http_requests_exceeded
#   waivable: true
#   remedy: Send fewer requests in one call.
#   patch:
#     - {op: replace, path: /http/requests, value: 0}
deny contains "capability.http_requests_exceeded" if {
	_family == "http"
	not _requests_left
}

# Facts of decisions made before requests were counted say nothing of them.
_requests_left if object.get(input.http, "requests", 0) < data.platform.capability.http_max_requests

# METADATA
# title: Too much was exchanged
# description: One invocation sends and receives at most as many bytes as the platform permits.
# custom:
#   id: capability.http_exchange_exceeded
#   waivable: true
#   remedy: Send and receive less in one call.
#   patch:
#     - {op: replace, path: /http/exchanged_bytes, value: 0}
#     - {op: replace, path: /http/size_bytes, value: 0}
deny contains "capability.http_exchange_exceeded" if {
	_family == "http"
	not _exchange_fits
}

_exchange_fits if {
	exchanged := object.get(input.http, "exchanged_bytes", 0)
	exchanged + input.http.size_bytes <= data.platform.capability.http_exchange_max_bytes
}

# METADATA
# title: A header was not declared
# description: The egress rule names the headers that may be sent, and this is none of them.
# custom:
#   id: capability.header_undeclared
#   remedy: Leave the header out, or name it in the egress rule and publish a new version.
#   patch:
#     - {op: replace, path: /http/headers_beyond, value: []}
deny contains "capability.header_undeclared" if {
	_family == "http"
	not _headers_declared
}

_headers_declared if count(object.get(input.http, "headers_beyond", [])) == 0

# METADATA
# title: The secret is not for this host
# description: The egress rule does not let this secret stand in headers, or no admin granted the use of secrets.
# custom:
#   id: capability.secret_misdirected
#   remedy: Name the secret in the egress rule, and have the permission secrets:read granted.
#   patch:
#     - {op: replace, path: /http/secrets, value: []}
deny contains "capability.secret_misdirected" if {
	_family == "http"
	not _secrets_directed
}

_sent_secrets := object.get(input.http, "secrets", [])

_secrets_directed if count(_sent_secrets) == 0

_secrets_directed if {
	"secrets:read" in input.granted
	every secret in _sent_secrets {
		secret.permitted
	}
}

# METADATA
# title: A secret for a header is not set
# description: No value was given for a secret that a header asks for.
# custom:
#   id: capability.http_secret_unset
#   remedy: Ask an admin to set the secret on the install.
#   patch:
#     - {op: replace, path: /http/secrets, value: []}
deny contains "capability.http_secret_unset" if {
	_family == "http"
	not _sent_secrets_set
}

_sent_secrets_set if {
	every secret in _sent_secrets {
		secret.set
	}
}

# METADATA
# title: The secret was not declared
# description: The manifest does not name this secret.
# custom:
#   id: capability.secret_undeclared
#   remedy: Declare the secret in the manifest and publish a new version.
#   patch:
#     - {op: replace, path: /secret/declared, value: true}
deny contains "capability.secret_undeclared" if {
	_family == "secrets"
	not input.secret.declared
}

# METADATA
# title: The secret is not set
# description: No value was given for this secret when the extension was installed.
# custom:
#   id: capability.secret_unset
#   remedy: Ask an admin to set the secret on the install.
#   patch:
#     - {op: replace, path: /secret/set, value: true}
deny contains "capability.secret_unset" if {
	_family == "secrets"
	not input.secret.set
}

# METADATA
# title: The log line is too long
# description: A log line is at most as long as the platform permits.
# custom:
#   id: capability.log_too_long
#   remedy: Log less in one line.
#   patch:
#     - {op: replace, path: /log/size_bytes, value: 0}
deny contains "capability.log_too_long" if {
	_family == "log"
	not _line_fits
}

_line_fits if input.log.size_bytes <= data.platform.capability.log_max_bytes

# METADATA
# title: No settings were declared
# description: The manifest declares no settings.
# custom:
#   id: capability.config_undeclared
#   remedy: Declare a config schema in the manifest and publish a new version.
#   patch:
#     - {op: replace, path: /config/declared, value: true}
deny contains "capability.config_undeclared" if {
	_family == "config"
	not input.config.declared
}

# METADATA
# title: Too many metrics
# description: One invocation measures at most as many names with labels as the platform permits.
# custom:
#   id: capability.metric_series_exceeded
#   remedy: Use fewer names and labels; ids and texts do not belong into labels.
#   patch:
#     - {op: replace, path: /metric/series, value: 1}
deny contains "capability.metric_series_exceeded" if {
	_family == "metrics"
	not _series_fit
}

_series_fit if input.metric.series <= data.platform.capability.metric_max_series

# METADATA
# title: The event lies in another namespace
# description: An extension publishes events under its own id alone.
# custom:
#   id: capability.event_foreign
#   remedy: Begin the type with the extension's own id.
#   patch:
#     - {op: replace, path: /event/own, value: true}
deny contains "capability.event_foreign" if {
	_family == "events"
	not input.event.own
}

# METADATA
# title: The event was not declared
# description: The manifest does not declare that the extension emits events of this type.
# custom:
#   id: capability.event_undeclared
#   remedy: Declare the type with its schema under events.emits, and publish a new version.
#   patch:
#     - {op: replace, path: /event/declared, value: true}
deny contains "capability.event_undeclared" if {
	_family == "events"
	not input.event.declared
}

# METADATA
# title: The event has another shape
# description: The data does not fit the schema that the manifest declares for the type.
# custom:
#   id: capability.event_misshaped
#   remedy: Send data as the declared schema has it; the pointer says where it differs.
#   patch:
#     - {op: replace, path: /event/misfit, value: null}
deny contains "capability.event_misshaped" if {
	_family == "events"
	not input.event.misfit == null
}

# METADATA
# title: The event is too large
# description: The data of an event is at most as large as the platform permits.
# custom:
#   id: capability.event_too_large
#   remedy: Publish less in one event; a key or an address can stand for the rest.
#   patch:
#     - {op: replace, path: /event/size_bytes, value: 0}
deny contains "capability.event_too_large" if {
	_family == "events"
	not _event_small
}

_event_small if input.event.size_bytes <= data.platform.capability.event_max_bytes

# METADATA
# title: Too many events
# description: One invocation publishes at most as many events as the platform permits.
# custom:
#   id: capability.events_exceeded
#   waivable: true
#   remedy: Publish fewer events in one call.
#   patch:
#     - {op: replace, path: /event/published, value: 0}
deny contains "capability.events_exceeded" if {
	_family == "events"
	not _events_left
}

_events_left if input.event.published < data.platform.capability.events_max

# METADATA
# title: One event has led to another too often
# description: An event may lead to a call that publishes the next one only so many times, so that extensions do not answer each other for ever.
# custom:
#   id: capability.event_hops_exceeded
#   waivable: true
#   remedy: Publish nothing in answer to an event that one's own events have led to; its attribute hops tells how many came before.
#   patch:
#     - {op: replace, path: /event/hops, value: 1}
deny contains "capability.event_hops_exceeded" if {
	_family == "events"
	not _hops_left
}

_hops_left if input.event.hops <= data.platform.capability.event_max_hops

_params["capability.header_undeclared"] := {"headers": concat(", ", input.http.headers_beyond)}

_params["capability.secret_misdirected"] := {"secrets": concat(", ", [secret.name | some secret in input.http.secrets])}

_params["capability.event_misshaped"] := {"pointer": input.event.misfit}

_params["capability.undeclared"] := {"permission": input.capability.permission}

_params["capability.not_granted"] := {"permission": input.capability.permission}

_params["capability.host_undeclared"] := {"host": input.http.host}

_params["capability.address_forbidden"] := {"address_class": input.http.address_class}

_params["capability.secret_undeclared"] := {"secret": input.secret.name}

_params["capability.secret_unset"] := {"secret": input.secret.name}
