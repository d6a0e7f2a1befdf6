# METADATA
# title: Enforcement gate
# description: Decides which rung of the ladder a subject is set on, by whom and for what reason.
# schemas:
#   - input: schema.enforcement
package governance.enforcement

import data.governance.actor
import data.governance.verdict

# METADATA
# title: Answer of the enforcement gate
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
	"params": {},
	"approval": null,
	"otherwise": "enforcement.not_permitted",
})

# METADATA
# title: The rung may be set
# description: The actor may set it, gave a reason and skipped nothing without cause.
# custom:
#   id: enforcement.allowed
allow contains "enforcement.allowed" if input.action == "enforcement.set_rung"

# METADATA
# title: Nothing permits this
# description: No rule of the enforcement gate permits this action.
# custom:
#   id: enforcement.not_permitted
#   remedy: Set the rung of a subject.
deny contains "enforcement.not_permitted" if not input.action == "enforcement.set_rung"

# METADATA
# title: Sign in first
# description: Enforcement needs a known actor.
# custom:
#   id: enforcement.anonymous
#   remedy: Send an API key with the request.
#   patch:
#     - {op: replace, path: /actor/kind, value: user}
deny contains "enforcement.anonymous" if not actor.known

# METADATA
# title: A scope is missing
# description: The actor's roles and key do not carry the scope to set rungs.
# custom:
#   id: enforcement.scope_missing
#   remedy: Ask an operator for a role with the scope enforcement:write.
#   patch:
#     - {op: add, path: /actor/scopes/-, value: "enforcement:write"}
deny contains "enforcement.scope_missing" if not actor.holds_scope

# METADATA
# title: Only the platform enforces
# description: Rungs are set by people of the platform's own tenant who may operate it.
# custom:
#   id: enforcement.not_platform
#   remedy: Report the matter to the platform's operators.
#   patch:
#     - {op: replace, path: /actor/platform, value: true}
#     - {op: add, path: /actor/scopes/-, value: "platform:operate"}
deny contains "enforcement.not_platform" if not actor.operates_platform

# METADATA
# title: A reason is missing
# description: Whoever is restricted is told why.
# custom:
#   id: enforcement.reason_missing
#   remedy: Give a reason in words.
#   patch:
#     - {op: replace, path: /reason_given, value: true}
deny contains "enforcement.reason_missing" if not input.reason_given

# METADATA
# title: A rung was skipped
# description: The ladder is climbed one rung at a time, unless the severity of the matter is put on record.
# custom:
#   id: enforcement.rung_skipped
#   remedy: Choose the next rung, or say why the matter is so severe.
#   patch:
#     - {op: replace, path: /severity_reason, value: "put on record"}
deny contains "enforcement.rung_skipped" if not _step_permitted

_step_permitted if input.rung.steps <= 1

_step_permitted if count(input.severity_reason) > 0

# METADATA
# title: Termination is final
# description: What was terminated is not set on another rung; an appeal opens a new matter.
# custom:
#   id: enforcement.terminate_final
#   remedy: Decide the appeal.
deny contains "enforcement.terminate_final" if not _still_open

_still_open if input.rung.current != "terminate"

# METADATA
# title: Nothing changes
# description: The subject stands on this rung already.
# custom:
#   id: enforcement.unchanged
#   remedy: Choose another rung.
deny contains "enforcement.unchanged" if not _changes

_changes if input.rung.current != input.rung.requested

# METADATA
# title: Tell those concerned
# description: The publisher gets a statement of reasons for every restriction.
# custom:
#   id: enforcement.notify_publisher
oblige contains "enforcement.notify_publisher" if input.rung.steps > 0
