# METADATA
# title: Standing
# description: What is known for or against a subject, by kind, each entry until a moment or without end.
package governance.standing

# METADATA
# title: In force
# description: The entry has not ended by `now` (milliseconds since the epoch); one without a readable end has none.
in_force(entry, now) if not _ended(entry, now)

_ended(entry, now) if {
	is_number(entry.until)
	entry.until <= now
}

# METADATA
# title: Rungs in force
# description: Rungs of the enforcement ladder on which any of the subjects stands now; one that says nothing counts as the worst.
rungs(standings, now) := {object.get(standing.rung, "value", "terminate") |
	some standing in standings
	in_force(standing.rung, now)
}

# METADATA
# title: At large
# description: None of the subjects stands on the rung suspend or terminate now.
at_large(standings, now) if {
	found := rungs(standings, now)
	not "suspend" in found
	not "terminate" in found
}

# METADATA
# title: Health in force
# description: Health states that hold for any of the subjects now; one that says nothing counts as the worst.
health(standings, now) := {object.get(standing.health, "value", "critical") |
	some standing in standings
	in_force(standing.health, now)
}
