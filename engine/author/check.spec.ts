import { dirname } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { detectWall } from '#runtime/launcher/probe.js'
import { availableWalls } from '#runtime/launcher/walls.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { callsOnlyIf, edited, withFile, withoutFile } from '../testing/edit-policy.js'
import { checkPolicy, STAGE_NAMES, type CheckOptions } from './check.js'
import type { CheckReport, Finding } from './finding.js'
import { Opa, openOpa } from './opa.js'
import { readPolicyFolder, withToolFolder, writeFiles, type PolicyFiles } from './policy-files.js'

const SECOND = 1_000
const CALL = 'governance/call/call.rego'
const CASES = 'cases/call/invoke.yaml'
const TEST_OF_ENFORCEMENT = 'governance/enforcement/enforcement_test.rego'

/** A check is many processes, and the machine has other work. */
jest.setTimeout(60 * SECOND)

let tool: Opa
let files: PolicyFiles

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
}, 300 * SECOND)

const check = (policy: PolicyFiles, options: Partial<CheckOptions> = {}): Promise<CheckReport> =>
  checkPolicy(policy, { tool, ...options })

/** The stage that stopped the check, and what it found; all stages after it were not reached. */
async function refusal(policy: PolicyFiles, options: Partial<CheckOptions> = {}): Promise<Finding[]> {
  const { ok, stages } = await check(policy, options)
  const at = stages.findIndex(({ state }) => state === 'failed')
  expect({ ok, names: stages.map(({ name }) => name) }).toEqual({ ok: false, names: STAGE_NAMES })
  expect(stages.slice(0, at).every(({ name, state }) => state === 'passed' || name === 'regal')).toBe(true)
  expect(stages.slice(at + 1).every(({ state, findings }) => state === 'not_run' && findings.length === 0)).toBe(true)
  for (const finding of stages[at]!.findings)
    expect(finding).toMatchObject({ stage: stages[at]!.name, remedy: expect.stringMatching(/\w/) })
  return [...stages[at]!.findings]
}

const textOf = (file: string): string => new TextDecoder().decode(files.get(file))

const lineOf = (policy: PolicyFiles, file: string, text: string): number =>
  new TextDecoder()
    .decode(policy.get(file))
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1

/** Test file of its own, with one test whose body is given on line 3. */
const withTest = (body: string): PolicyFiles =>
  withFile(files, 'governance/call/odd_test.rego', `package governance.call_test\n\ntest_odd if ${body}\n`)
const ODD = { file: 'governance/call/odd_test.rego', line: 3 }

describe('the shipped policy', () => {
  it('passes, told stage by stage, and a Regal that is not there does not count as passed', async () => {
    const told: string[] = []
    const base = await readShippedBundle()
    const { ok, skipped, stages, coverage } = await check(files, {
      base,
      onStage: (name, report) => told.push(`${name} ${report?.state ?? 'running'}`),
    })
    expect(stages.filter(({ state }) => state !== 'passed')).toEqual([
      {
        name: 'regal',
        state: 'not_run',
        detail: 'Regal not installed',
        findings: [],
        ms: expect.any(Number),
      },
    ])
    expect({ ok, skipped, coverage }).toEqual({ ok: true, skipped: ['regal'], coverage: expect.any(Number) })
    expect(told).toEqual(
      STAGE_NAMES.flatMap((name) => [`${name} running`, `${name} ${name === 'regal' ? 'not_run' : 'passed'}`]),
    )
  })
})

describe('a policy that', () => {
  it.each([
    ['would be written elsewhere', '../escape.rego'],
    ['brings data of its own', 'governance/call/data.json'],
    ['has a name like an option', '--help.rego'],
    ['brings its own capabilities', 'capabilities.json'],
  ])('%s is refused by its layout', async (_what, file) => {
    expect(await refusal(withFile(files, file, '{}'))).toEqual([
      expect.objectContaining({ stage: 'layout', file, rule: 'name' }),
    ])
  })

  it('is not formatted is refused, with its first line that differs', async () => {
    const [finding] = await refusal(edited(files, CALL, ['deny contains', 'deny   contains']))
    const line = lineOf(files, CALL, 'deny contains')
    expect(finding).toMatchObject({
      stage: 'format',
      file: CALL,
      line,
      rule: 'opa-fmt',
      remedy: `run opa fmt -w ${CALL} in the folder of the sources`,
    })
  })

  it('does not parse is refused, with its line', async () => {
    const [finding] = await refusal(withFile(files, CALL, 'package governance.call\n\nallow := {\n'))
    expect(finding).toMatchObject({ stage: 'format', file: CALL, line: 4, rule: 'rego_parse_error' })
  })

  it('reads a fact that its gate has not is refused, with the line', async () => {
    const policy = edited(files, CALL, ['input.install.status', 'input.install.state'])
    const [finding] = await refusal(policy)
    const line = lineOf(policy, CALL, 'input.install.state')
    expect(finding).toMatchObject({ stage: 'types', file: CALL, line, rule: 'rego_type_error' })
    expect(finding!.message).toContain('input.install.state')
  })

  it.each([
    ['names no schema', ['# schemas:\n#   - input: schema.call\n', ''], 'reads the input without naming its schema'],
    ['names the schema of another gate', ['schema.call', 'schema.admin'], ''],
    [
      'brings a schema of its own for one rule',
      ['# title: Sign in first\n', '# title: Sign in first\n# schemas:\n#   - input: {type: object}\n'],
      'brings a schema of its own',
    ],
  ] as const)('%s is refused, so that no misspelled fact compiles', async (_what, change, words) => {
    const [finding] = await refusal(edited(files, CALL, change))
    expect(finding).toMatchObject({ stage: 'types', file: CALL, line: expect.any(Number) })
    expect(finding!.message).toContain(words)
  })

  it('imports its input and names no schema is refused', async () => {
    const file = 'governance/odd/odd.rego'
    const text = 'package governance.odd\n\nimport input.actor\n\n_kind := actor.knid\n'
    const findings = await refusal(withFile(files, file, text))
    expect(findings).toEqual([expect.objectContaining({ stage: 'types', file, rule: 'schemas' })])
  })

  it.each([
    ['http.send', 'http.send({"url": "http://127.0.0.1", "method": "get"})', 'is not deterministic or reaches out'],
    ['opa.runtime', 'opa.runtime().env', 'is not deterministic or reaches out'],
    ['time.now_ns', 'time.now_ns() > 0', 'is not deterministic or reaches out'],
    ['yaml.marshal', 'yaml.marshal({}) == "{}\\n"', 'is not in the engine'],
  ])('calls %s in a test is refused at its line before any test runs', async (rule, body, words) => {
    expect(await refusal(withTest(body))).toEqual([
      expect.objectContaining({ ...ODD, stage: 'capabilities', rule, message: `${rule} ${words}` }),
    ])
  })

  it('calls http.send in a rule is refused at its line', async () => {
    const policy = edited(files, CALL, [
      'is_null(input.quota)',
      'http.send({"url": "http://127.0.0.1", "method": "get"})',
    ])
    const [finding] = await refusal(policy)
    expect(finding).toMatchObject({
      stage: 'capabilities',
      file: CALL,
      line: lineOf(policy, CALL, 'http.send'),
      rule: 'http.send',
    })
  })

  it('has a test that fails is refused, with the test', async () => {
    expect(await refusal(withTest('1 == 2'))).toEqual([
      expect.objectContaining({ ...ODD, stage: 'tests', rule: 'data.governance.call_test.test_odd', message: 'fails' }),
    ])
  })

  it('has a test that does not end is refused, with the test', async () => {
    const sums = 'some x in numbers.range(1, 9999)\n\t\tsome y in numbers.range(1, 9999)\n\t\tx * y == 0'
    const policy = withTest(`count([x |\n\t\t${sums}\n\t]) == 1`.replace(/^/, '{\n\t').concat('\n}'))
    expect(await refusal(policy)).toEqual([
      expect.objectContaining({ ...ODD, stage: 'tests', message: expect.stringContaining('gave no result') }),
    ])
  })

  it('has a test that wants all memory is stopped and refused', async () => {
    const long = 'sprintf("%0999999d", [1])'
    // Made once and put together all at once: memory is gone long before the time that a test may take.
    const body = `count(concat("", [text | some text in [${long}]; some _ in numbers.range(1, 2000)])) == 1`
    const [finding, ...others] = await refusal(withTest(body))
    expect(others).toEqual([])
    expect(finding).toMatchObject({ stage: 'tests', rule: 'opa.memory', message: expect.stringContaining('512 MiB') })
  })

  it('has rules that nothing tests is refused, with each stretch of lines', async () => {
    const rules = Array.from({ length: 120 }, (_, index) => `_untested_${index} if input.endpoint.id == "${index}"`)
    const text = new TextDecoder().decode(files.get(CALL))
    const findings = await refusal(withFile(files, CALL, `${text}\n${rules.join('\n\n')}\n`))
    expect(findings[0]).toMatchObject({ stage: 'coverage', rule: 'coverage', file: null })
    const line = lineOf(files, CALL, 'package governance.call')
    expect(findings.some((one) => one.file === CALL && one.line! > line)).toBe(true)
  })

  it('has no rule for a gate is refused when it is built', async () => {
    const gate = 'governance/enforcement/enforcement.rego'
    const policy = withoutFile(edited(files, gate, ['decision := verdict', 'answer := verdict']), TEST_OF_ENFORCEMENT)
    expect(await refusal(policy)).toEqual([
      expect.objectContaining({ stage: 'build', message: expect.stringContaining('governance/enforcement/decision') }),
    ])
  })

  it('answers a golden case otherwise is refused, with the case and its line', async () => {
    const policy = edited(files, CASES, ['rules: [call.allowed]', 'rules: [call.allowed, call.throttle]'])
    const findings = await refusal(policy)
    const line = lineOf(policy, CASES, 'within scope and quota')
    expect(findings).toEqual([
      expect.objectContaining({ stage: 'golden', file: CASES, line, rule: 'call: within scope and quota' }),
    ])
    expect(findings[0]!.message).toContain('expected')
  })

  it('leaves a gate without golden cases is refused', async () => {
    const findings = await refusal(withoutFile(files, 'cases/enforcement/set-rung.yaml'))
    expect(findings).toEqual([expect.objectContaining({ stage: 'golden', rule: 'enforcement' })])
  })

  it('gives a case facts that the gate does not take is refused, with the case', async () => {
    const findings = await refusal(edited(files, CASES, ['platform: false', 'platform: 0']))
    expect(findings[0]).toMatchObject({
      file: CASES,
      line: expect.any(Number),
      message: expect.stringContaining('actor'),
    })
  })

  it('costs more than twice what the active revision does is refused, with the case', async () => {
    const counting = (most: number) => callsOnlyIf(files, `count([x | some x in numbers.range(1, ${most})]) == ${most}`)
    const policy = counting(150)
    const findings = await refusal(policy, { base: await readShippedBundle() })
    const line = lineOf(files, CASES, 'within scope and quota')
    expect(findings[0]).toMatchObject({ stage: 'budget', file: CASES, line, rule: 'call: within scope and quota' })
    expect(findings[0]!.message).toMatch(/costs \d+ units, \d+ under the active revision/)
    const alone = await check(policy)
    expect(alone.stages.find(({ name }) => name === 'budget')!.state).toBe('passed')
    const [absolutely] = await refusal(counting(4_000))
    expect(absolutely!.message).toMatch(/at most 1000000 are taken/)
  })

  it('has platform data that is too large is refused', async () => {
    const platform = JSON.parse(new TextDecoder().decode(files.get('platform.json'))) as { platform: object }
    const large = { platform: { ...platform.platform, ballast: 'x'.repeat(300_000) } }
    const findings = await refusal(withFile(files, 'platform.json', JSON.stringify(large)))
    expect(findings[0]!.message).toMatch(/bytes/)
  })

  it.each([
    ['id: call.allowed', 'id: call.permitted', 'emits call.allowed, its metadata says call.permitted'],
    ['#   remedy: Enable or install the extension.\n', '', 'reason call.install_inactive has no remedy'],
    [
      '_holds_endpoint_scope if',
      '_odd if not count(input.actor.scopes) > 9\n\n_holds_endpoint_scope if',
      'negates a call',
    ],
  ])('has metadata without %j is refused', async (from, to, words) => {
    const findings = await refusal(edited(files, CALL, [from, to]))
    expect(findings[0]).toMatchObject({ stage: 'metadata', file: CALL, line: expect.any(Number) })
    expect(findings.map(({ message }) => message).join()).toContain(words)
  })

  it.each([
    ['{op: replace, path: /endpoint/id, value: other}', 'is still there after its patch'],
    ['{op: add, path: /install/mood, value: good}', 'gives facts that the gate does not take'],
  ])('has the remedy %s, which heals nothing, is refused', async (operation, words) => {
    const remedy = '#   remedy: Enable or install the extension.\n'
    const patch = /remedy: Enable or install the extension\.\n#   patch:\n#     - \{.*\}\n/.exec(textOf(CALL))![0]
    const findings = await refusal(edited(files, CALL, [`#   ${patch}`, `${remedy}#   patch:\n#     - ${operation}\n`]))
    expect(findings[0]).toMatchObject({ stage: 'remedies', file: CALL, rule: 'call.install_inactive' })
    expect(findings[0]!.message).toContain(words)
  })

  it('has a remedy that no golden pair proves is refused', async () => {
    const rule = [
      '',
      '# METADATA',
      '# title: Odd',
      '# description: Is odd.',
      '# custom:',
      '#   id: call.odd',
      '#   remedy: Be even.',
      '#   patch:',
      '#     - {op: replace, path: /now, value: 2}',
      'deny contains "call.odd" if input.now == 1',
      '',
    ].join('\n')
    const findings = await refusal(withFile(files, CALL, textOf(CALL) + rule))
    expect(findings).toMatchObject([{ stage: 'remedies', file: CALL, rule: 'call.odd' }])
    expect(findings[0]!.message).toBe('no golden case proves the patch of call.odd')
  })

  it('has a file of another package than its folder is refused', async () => {
    const file = 'governance/call/other.rego'
    const findings = await refusal(withFile(files, file, 'package governance.other\n\n_one := 1\n'))
    expect(findings).toEqual([expect.objectContaining({ stage: 'metadata', file, line: 1, rule: 'package' })])
  })
})

describe('what opa runs', () => {
  it('reaches neither environment nor network, even with all builtins', async () => {
    const body = [
      'package escape_test',
      '',
      'test_environment if object.keys(opa.runtime().env) - {"PWD"} == set()',
      '',
      'test_network if {',
      '\tanswer := http.send({"url": "http://127.0.0.1:1", "method": "get", "raise_error": false})',
      '\tregex.match(`network is unreachable|operation not permitted`, answer.error.message)',
      '}',
    ]
    const run = await withToolFolder(async (folder) => {
      await writeFiles(folder, new Map([['escape_test.rego', body.join('\n')]]))
      return tool.run(['test', 'escape_test.rego', '--var-values'], folder)
    })
    expect(run).toMatchObject({ ok: true, stdout: expect.stringContaining('PASS: 2/2') })
  })

  it('runs nothing where the machine has no wall, and says so', async () => {
    const kind = availableWalls().find(({ strength }) => strength === 'permission-only')!
    await expect(check(files, { tool: new Opa(tool.path, { kind }) })).rejects.toMatchObject({ code: 'wall.absent' })
  })

  it('is given up when nobody waits any more', async () => {
    const stop = new AbortController()
    const { kind } = await detectWall()
    const onStage = (name: string): void => {
      if (name === 'types') stop.abort(new Error('nobody waits'))
    }
    await expect(check(files, { tool: new Opa(tool.path, { kind }), signal: stop.signal, onStage })).rejects.toThrow(
      'nobody waits',
    )
  })
})
