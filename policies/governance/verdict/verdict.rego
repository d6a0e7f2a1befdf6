# METADATA
# title: Verdict
# description: How the rules of a gate that fired become its one answer.
package governance.verdict

# METADATA
# title: The answer of a gate
# description: >-
#   Deny stands above hold and hold above allow; where no rule fired at all the answer is deny. Takes the fired ids as
#   the sets `deny`, `hold`, `allow` and `oblige`, parameters by id in `params`, what a hold asks for in `approval`,
#   and in `otherwise` the id that refuses when nothing fired.
of(fired) := _answer("deny", fired.deny, fired) if {
	count(fired.deny) > 0
} else := object.union(_answer("hold", fired.hold, fired), {"approval": fired.approval}) if {
	count(fired.hold) > 0
} else := object.union(_answer("allow", set(), fired), {"obligations": _entries(fired.oblige, fired.params)}) if {
	count(fired.allow) > 0
} else := _answer("deny", {fired.otherwise}, fired)

_answer(outcome, reasons, fired) := {
	"outcome": outcome,
	"reasons": _entries(reasons, fired.params),
	"rules": sort((((fired.deny | fired.hold) | (fired.allow | fired.oblige)) | reasons)),
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
