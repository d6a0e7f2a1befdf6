# METADATA
# title: Standing
# description: What is known for or against a subject, by kind, each entry until a moment or without end.
package governance.standing

# METADATA
# title: In force
# description: The entry has no end, or it ends after `now` (milliseconds since the epoch).
in_force(entry, _) if entry.until == null

in_force(entry, now) if entry.until > now

# METADATA
# title: Rungs in force
# description: Rungs of the enforcement ladder on which any of the subjects stands now.
rungs(standings, now) := {standing.rung.value |
	some standing in standings
	in_force(standing.rung, now)
}

# METADATA
# title: Health in force
# description: Health states that hold for any of the subjects now.
health(standings, now) := {standing.health.value |
	some standing in standings
	in_force(standing.health, now)
}
