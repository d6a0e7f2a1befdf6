# METADATA
# title: Lists
# description: What an organisation's lists say of a version. They are looked up before the gate; the strongest entry is a fact.
package governance.listed

import data.governance.standing

# METADATA
# title: Effect of the lists
# description: The effect of the entry that was found; none where no entry speaks, or where it has ended by `now` (milliseconds since the epoch).
effect(fact, now) := "none" if {
	is_null(fact)
} else := fact.effect if {
	is_object(fact)
	standing.in_force(fact, now)
} else := "none" if {
	is_object(fact)
	not standing.in_force(fact, now)
}
