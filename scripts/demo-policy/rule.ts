import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const POLICIES = fileURLToPath(new URL('../../../policies', import.meta.url))

/** Where the demo's rule goes, and what proves it. */
export const RULE_FILE = 'governance/admin/admin.rego'
const TEST_FILE = 'governance/admin/admin_test.rego'
const CASE_FILE = 'cases/admin/people.yaml'
const SPARE_FILE = 'governance/spare/spare.rego'
/** The reason that the rule gives. */
export const REASON = 'admin.key_needs_owner'

/** The rule that docs/policy/guide.md writes; a test proves that both say the same. */
export const RULE = `
# METADATA
# title: Keys come from owners
# description: A key goes on working after the session in which it was made, so an owner makes it.
# custom:
#   id: ${REASON}
#   remedy: Ask an owner of the organisation to make the key.
#   waivable: true
#   patch:
#     - {op: add, path: /actor/roles/-, value: owner}
deny contains "${REASON}" if {
	input.action == "key.create"
	not _owner
}

_owner if "owner" in input.actor.roles
`

/** What a test says of it. */
export const TEST = `
test_a_key_comes_from_an_owner if {
	facts := {"action": "key.create", "actor": {"roles": ["admin"]}}
	"${REASON}" in _ids(admin.decision) with input as facts
}
`

/** What golden cases say of it. */
export const CASES = `  - name: a key made by an admin
    patch:
      - {op: replace, path: /action, value: key.create}
      - {op: replace, path: /required_scope, value: "keys:write"}
    expect: {outcome: deny, rules: [${REASON}], reasons: [${REASON}]}
  - name: a key made by an owner
    patch:
      - {op: replace, path: /action, value: key.create}
      - {op: replace, path: /required_scope, value: "keys:write"}
      - {op: replace, path: /actor/roles, value: [owner]}
    expect: {outcome: allow, rules: [admin.allowed]}
`

/** Copies the sources that ship into a folder. */
export const shippedSources = (folder: string): void => {
  for (const part of ['governance', 'cases', 'platform.json'])
    cpSync(join(POLICIES, part), join(folder, part), { recursive: true })
}

/** Adds the rule, its test and its golden cases. */
export const addRule = (folder: string): void => {
  appendFileSync(join(folder, RULE_FILE), RULE)
  appendFileSync(join(folder, TEST_FILE), TEST)
  appendFileSync(join(folder, CASE_FILE), CASES)
}

/** A mistake in the rule, and the check that must find it. */
export interface Mistake {
  readonly step: string
  readonly stage: string
  readonly file: string
  /** What the finding names as broken. */
  readonly rule: RegExp
  readonly make: (folder: string) => void
}

const replaced = (file: string, from: string, to: string) => (folder: string) => {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} no longer has ${from}`)
  writeFileSync(path, text.replace(from, to))
}

/** Rules that no test and no case reaches, enough of them to fall below what is asked for. */
const untested = (folder: string): void => {
  const rules = Array.from({ length: 120 }, (_, n) => `_unreached_${n} if input.action == "key.create"\n`)
  const head = '# METADATA\n# title: Spare\n# schemas:\n#   - input: schema.common\npackage governance.spare\n\n'
  mkdirSync(join(folder, 'governance/spare'))
  writeFileSync(join(folder, SPARE_FILE), head + rules.join('\n'))
}

/** Work whose outcome changes nothing, and that costs as much as a hundred decisions. */
const WASTE = `	input.action == "key.create"
	every a in numbers.range(1, 4000) {
		a > 0
	}
	not _owner`

/** One mistake a check, in the order of the checks. */
export const MISTAKES: readonly Mistake[] = [
  {
    ...{ step: 'fmt_refused', stage: 'format', file: RULE_FILE, rule: /^opa-fmt$/ },
    make: replaced(RULE_FILE, '\tnot _owner\n', '    not   _owner\n'),
  },
  {
    ...{ step: 'schema_refused', stage: 'types', file: RULE_FILE, rule: /^rego_type_error$/ },
    make: replaced(RULE_FILE, '"owner" in input.actor.roles', '"owner" in input.actor.rolls'),
  },
  {
    ...{ step: 'capability_refused', stage: 'capabilities', file: TEST_FILE, rule: /^http\.send$/ },
    make: replaced(
      TEST_FILE,
      'test_a_key_comes_from_an_owner if {\n',
      'test_a_key_comes_from_an_owner if {\n\thttp.send({"method": "get", "url": "http://127.0.0.1/"}).status_code == 200\n',
    ),
  },
  {
    ...{ step: 'test_refused', stage: 'tests', file: TEST_FILE, rule: /test_a_key_comes_from_an_owner/ },
    make: replaced(TEST_FILE, '"roles": ["admin"]', '"roles": ["owner"]'),
  },
  {
    step: 'coverage_refused',
    stage: 'coverage',
    file: SPARE_FILE,
    rule: /^coverage$/,
    make: untested,
  },
  {
    ...{ step: 'golden_refused', stage: 'golden', file: CASE_FILE, rule: /a key made by an admin/ },
    make: replaced(
      CASE_FILE,
      `expect: {outcome: deny, rules: [${REASON}], reasons: [${REASON}]}`,
      'expect: {outcome: allow, rules: [admin.allowed]}',
    ),
  },
  {
    ...{ step: 'budget_refused', stage: 'budget', file: CASE_FILE, rule: /a key made by an admin/ },
    make: replaced(RULE_FILE, '\tinput.action == "key.create"\n\tnot _owner', WASTE),
  },
]
