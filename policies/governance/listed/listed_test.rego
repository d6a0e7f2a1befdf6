package governance.listed_test

import data.governance.listed

test_no_entry_says_nothing if listed.effect(null, 10) == "none"

test_an_entry_says_its_effect_until_it_ends if {
	listed.effect({"effect": "deny", "until": null}, 10) == "deny"
	listed.effect({"effect": "deny", "until": 11}, 10) == "deny"
	listed.effect({"effect": "deny", "until": 10}, 10) == "none"
}

test_a_fact_that_cannot_be_read_has_no_effect_at_all if {
	not listed.effect({}, 10)
	not listed.effect("allow", 10)
}
