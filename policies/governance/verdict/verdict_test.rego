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
	answer.rules == ["test.a", "test.b", "test.h", "test.ok", "test.warn"]
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

test_an_obligation_alone_allows_nothing if _fired({"oblige": {"test.warn"}}).outcome == "deny"

test_words_are_cut if count(verdict.words([name | some _ in numbers.range(1, 300); name := "n"])) == 240
