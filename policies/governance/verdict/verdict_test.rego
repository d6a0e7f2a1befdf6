package governance.verdict_test

import data.governance.verdict

_nothing := {
	"deny": set(),
	"hold": set(),
	"allow": set(),
	"oblige": set(),
	"params": {},
	"approval": {"kind": "review"},
	"otherwise": "test.not_permitted",
}

_fired(changes) := verdict.of(object.union(_nothing, changes))

test_nothing_fired_is_a_denial if {
	_fired({}) == {
		"outcome": "deny",
		"rules": ["test.not_permitted"],
		"reasons": [{"id": "test.not_permitted"}],
		"obligations": [],
		"approval": null,
	}
}

test_deny_stands_above_all if {
	answer := _fired({"deny": {"test.b", "test.a"}, "hold": {"test.h"}, "allow": {"test.ok"}, "oblige": {"test.warn"}})
	answer.outcome == "deny"
	answer.reasons == [{"id": "test.a"}, {"id": "test.b"}]
	answer.rules == ["test.a", "test.b", "test.h", "test.warn"]
	answer.obligations == []
	answer.approval == null
}

test_hold_stands_above_allow if {
	answer := _fired({"hold": {"test.h"}, "allow": {"test.ok"}, "params": {"test.h": {"n": 1}}})
	answer.outcome == "hold"
	answer.reasons == [{"id": "test.h", "params": {"n": 1}}]
	answer.approval == {"kind": "review"}
}

test_allow_carries_its_obligations if {
	answer := _fired({"allow": {"test.ok"}, "oblige": {"test.warn"}, "params": {"test.warn": {"count": 2}}})
	answer.outcome == "allow"
	answer.reasons == []
	answer.obligations == [{"id": "test.warn", "params": {"count": 2}}]
	answer.approval == null
}

_waiver(reason, until) := {"id": concat(" ", ["for", reason]), "reason": reason, "until": until}

_facts(waivers) := {"now": 1000, "waivers": waivers}

test_a_waived_denial_does_not_count if {
	facts := _facts([_waiver("test.a", 1001)])
	answer := _fired({"deny": {"test.a"}, "allow": {"test.ok"}, "oblige": {"test.warn"}, "facts": facts})
	answer.outcome == "allow"
	answer.reasons == []
	answer.rules == ["test.a", "test.ok", "test.warn"]
	answer.waived == [{"reason": "test.a", "waiver": "for test.a"}]
}

test_what_else_fired_goes_on_to_count if {
	waivers := [_waiver("test.a", 1001)]
	refused := _fired({"deny": {"test.a", "test.b"}, "facts": _facts(waivers)})
	refused.outcome == "deny"
	refused.reasons == [{"id": "test.b"}]
	held := _fired({"deny": {"test.a"}, "hold": {"test.h"}, "allow": {"test.ok"}, "facts": _facts(waivers)})
	held.outcome == "hold"
	held.reasons == [{"id": "test.h"}]
	held.approval == {"kind": "review"}
}

test_a_waived_hold_does_not_wait if {
	facts := _facts([_waiver("test.h", 1001)])
	_fired({"hold": {"test.h"}, "allow": {"test.ok"}, "facts": facts}).outcome == "allow"
}

test_a_waiver_permits_nothing_by_itself if {
	answer := _fired({"deny": {"test.a"}, "facts": _facts([_waiver("test.a", 1001)])})
	answer.outcome == "deny"
	answer.reasons == [{"id": "test.not_permitted"}]
}

test_a_waiver_ends if {
	answer := _fired({"deny": {"test.a"}, "allow": {"test.ok"}, "facts": _facts([_waiver("test.a", 1000)])})
	answer.outcome == "deny"
	not answer.waived
}

test_a_waiver_of_what_did_not_fire_does_not_show if {
	not _fired({"allow": {"test.ok"}, "facts": _facts([_waiver("test.a", 1001)])}).waived
}

test_an_obligation_alone_allows_nothing if _fired({"oblige": {"test.warn"}}).outcome == "deny"

test_words_are_cut if count(verdict.words([name | some _ in numbers.range(1, 300); name := "n"])) == 240
