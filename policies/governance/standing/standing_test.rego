package governance.standing_test

import data.governance.standing

test_an_entry_without_end_is_in_force if standing.in_force({"until": null}, 10)

test_an_entry_ends_at_its_moment if {
	standing.in_force({"until": 11}, 10)
	not standing.in_force({"until": 10}, 10)
}

test_an_entry_whose_end_cannot_be_read_is_in_force if {
	standing.in_force({}, 10)
	standing.in_force({"until": "yesterday"}, 10)
}

test_rungs_of_all_subjects if {
	standings := [{}, {"rung": {"value": "warn", "until": null}}, {"rung": {"value": "delist", "until": 5}}]
	standing.rungs(standings, 10) == {"warn"}
	standing.rungs(standings, 4) == {"warn", "delist"}
}

test_an_entry_that_says_nothing_counts_as_the_worst if {
	standing.rungs([{"rung": {"until": null}}], 10) == {"terminate"}
	standing.health([{"health": {"until": null}}], 10) == {"critical"}
}
