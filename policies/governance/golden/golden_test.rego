# METADATA
# title: Golden cases
# description: The cases under `cases/`, which the check pipeline hands over as data; the engine answers the same ones.
package governance.golden_test

import data.governance.admin
import data.governance.call
import data.governance.capability
import data.governance.enforcement
import data.governance.install
import data.governance.killswitch
import data.governance.publish

test_golden_cases_are_there if count(data.golden.cases) > 0

test_golden_cases_answer_as_expected if {
	unexpected := [failing |
		some golden in data.golden.cases
		not _as_expected(golden)
		failing := concat(": ", [golden.gate, golden.name])
	]
	print(unexpected)
	unexpected == []
}

_as_expected(golden) if {
	answer := _answer(golden.gate, golden.input)
	answer.outcome == golden.expect.outcome
	answer.rules == golden.expect.rules
	[reason.id | some reason in answer.reasons] == golden.expect.reasons
	[obligation.id | some obligation in answer.obligations] == golden.expect.obligations
}

_answer("publish", facts) := answer if answer := publish.decision with input as facts

_answer("install", facts) := answer if answer := install.decision with input as facts

_answer("call", facts) := answer if answer := call.decision with input as facts

_answer("capability", facts) := answer if answer := capability.decision with input as facts

_answer("enforcement", facts) := answer if answer := enforcement.decision with input as facts

_answer("killswitch", facts) := answer if answer := killswitch.decision with input as facts

_answer("admin", facts) := answer if answer := admin.decision with input as facts
