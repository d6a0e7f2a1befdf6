# METADATA
# title: Verdict
# description: How the rules of a gate that fired become its one answer.
package governance.verdict

# METADATA
# title: The answer of a gate
# description: >-
#   Deny stands above hold and hold above allow; where no rule fired at all the answer is deny. A reason that a waiver in
#   force names does not count, and the answer says so. Takes the fired ids as the sets `deny`, `hold`, `allow` and
#   `oblige`, parameters by id in `params`, what a hold asks for in `approval`, in `otherwise` the id that refuses when
#   nothing fired, and in `facts` the input.
of(fired) := _naming(waived, answer) if {
	waived := _waived(fired)
	ids := {entry.reason | some entry in waived}
	answer := _settled(fired, {"deny": fired.deny - ids, "hold": fired.hold - ids})
}

_naming([], answer) := answer

_naming(waived, answer) := object.union(answer, {"waived": waived}) if count(waived) > 0

# METADATA
# title: The answer where nothing speaks against it
# description: What `of` answers too where only `allow` fired, without what just a refusal, a hold or an obligation needs.
allowed(allow) := {
	"outcome": "allow",
	"reasons": [],
	"rules": sort(allow),
	"obligations": [],
	"approval": null,
}

# What fired and is waived now.
_waived(fired) := [{"reason": waiver.reason, "waiver": waiver.id} |
	some waiver in fired.facts.waivers
	waiver.until > fired.facts.now
	_refuses(fired, waiver.reason)
]

_refuses(fired, reason) if reason in fired.deny

_refuses(fired, reason) if reason in fired.hold

# `counting` has those of the denials and holds that count. That somebody may do something is said only where nothing
# speaks against it.
_settled(fired, counting) := {
	"outcome": "deny",
	"reasons": _entries(counting.deny, fired.params),
	"rules": sort(((fired.deny | fired.hold) | fired.oblige)),
	"obligations": [],
	"approval": null,
} if {
	count(counting.deny) > 0
} else := {
	"outcome": "hold",
	"reasons": _entries(counting.hold, fired.params),
	"rules": sort(((fired.deny | fired.hold) | fired.oblige)),
	"obligations": [],
	"approval": fired.approval,
} if {
	count(counting.hold) > 0
} else := {
	"outcome": "allow",
	"reasons": [],
	"rules": sort(((fired.deny | fired.hold) | (fired.oblige | fired.allow))),
	"obligations": _entries(fired.oblige, fired.params),
	"approval": null,
} if {
	count(fired.allow) > 0
} else := {
	"outcome": "deny",
	"reasons": _entries({fired.otherwise}, fired.params),
	"rules": sort(((fired.deny | fired.hold) | (fired.oblige | {fired.otherwise}))),
	"obligations": [],
	"approval": null,
}

_entries(ids, params) := [_entry(id, params) | some id in sort(ids)]

_entry(id, params) := {"id": id, "params": params[id]}

_entry(id, params) := {"id": id} if not params[id]

# METADATA
# title: Names in words
# description: Names joined by commas, cut to what a parameter of a reason may hold.
words(names) := substring(concat(", ", names), 0, 240)
