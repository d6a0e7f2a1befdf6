import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DecisionTraced, PolicyTried } from '#contract/api/explain.js'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const DRAFT = '0198c0de-0000-7000-8000-000000000002'
const [REVISION, OTHER] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`]
const FILE = 'governance/install/install.rego'

const traced: DecisionTraced = DecisionTraced.parse({
  ...{ decision_id: ID, gate: 'install', action: 'install.create', revision: REVISION, agrees: true },
  ...{ input_intact: true, expected_digest: OTHER, actual_digest: OTHER, fault: null, compiles_to: REVISION },
  rules: [
    {
      file: FILE,
      line: 8,
      name: 'deny["install.yanked"]',
      id: 'install.yanked',
      entered: 1,
      held: true,
      stopped_line: null,
    },
    { file: FILE, line: 9, name: '_updates', id: null, entered: 2, held: false, stopped_line: 9 },
  ],
  facts: [
    { document: 'input', path: '/version/yanked', found: true, value: true },
    { document: 'input', path: '/previous/version', found: false },
  ],
  ...{ facts_replaced: false, cut: false, tenant: null },
})
const tried: PolicyTried = PolicyTried.parse({
  ...{ gate: 'install', action: 'install.create', draft_id: DRAFT, revision: REVISION, input_digest: OTHER },
  ...{ outcome: 'deny', cause: null, fuel: 7, tenant_module: null, obligations: [], approval: null },
  reasons: [{ id: 'install.yanked', message: 'It was yanked', remedy: 'Choose another version' }],
  rules: [{ id: 'install.yanked', title: 'Yanked', description: 'x', location: { file: FILE, line: 8 } }],
  after: { outcome: 'allow', reasons: [] },
  recorded: {
    decision_id: ID,
    revision: OTHER,
    outcome: 'allow',
    cause: null,
    reasons: [],
    rules: ['install.allowed'],
  },
  changed: {
    outcome: true,
    reasons: { appeared: ['install.yanked'], vanished: [] },
    rules: { appeared: ['install.yanked'], vanished: ['install.allowed'] },
  },
})

let service: ToldService
let folder: string
const terminal = process.stdin.isTTY

beforeEach(async () => {
  service = await ToldService.start()
  process.stdin.isTTY = false
  process.env['EDITOR'] = 'false'
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-try-'))
})
afterEach(async () => {
  await service.stop()
  process.stdin.isTTY = terminal
  delete process.env['EDITOR']
  await rm(folder, { recursive: true })
})

const gatehouse = (...args: string[]) => service.gatehouse('policy', ...args)
const file = async (name: string, value: unknown): Promise<string> => {
  await writeFile(join(folder, name), JSON.stringify(value))
  return join(folder, name)
}

describe('gatehouse policy trace', () => {
  it('tells rules with their lines and facts with their values, and ends with 0 where opa agrees', async () => {
    service.tell(traced)
    const { code, stdout } = await gatehouse('trace', ID)
    expect(code).toBe(0)
    expect(service.asked[0]!.request).toBe(`POST /v1/decisions/${ID}/trace`)
    expect(stdout).toContain('AGREES with the record')
    expect(stdout).toContain(`held    ${FILE}:8  deny["install.yanked"]`)
    expect(stdout).toContain(`${FILE}:9  _updates, stopped at line 9, entered 2 times`)
    expect(stdout).toContain('input /version/yanked = true')
    expect(stdout).toContain('input /previous/version is not there')
  })

  it('says loudly where opa does not agree, and ends with 1', async () => {
    service.tell({ ...traced, agrees: false, actual_digest: null, fault: 'eval_conflict', compiles_to: OTHER })
    const { code, stdout, stderr } = await gatehouse('trace', ID)
    expect(code).toBe(1)
    expect(stdout).toContain('DISAGREES WITH THE RECORD')
    expect(stdout).toContain('no answer: eval_conflict')
    expect(stdout).toContain(`ITS SOURCES COMPILE TO ${OTHER} HERE`)
    expect(stderr).toContain('opa does not give the answer that is on record')
  })
})

describe('gatehouse policy try', () => {
  it('sends the decision as it is edited, in the order of patch and settings, and tells what changes', async () => {
    service.tell(tried)
    const patch = await file('patch.json', [{ op: 'remove', path: '/previous' }])
    const settings = [
      '--set',
      '/version/yanked=true',
      '--set',
      '/actor/scopes/0="a=b"',
      '--set',
      '/actor/roles/-="admin"',
    ]
    const { code, stdout } = await gatehouse('try', '--decision', ID, '--draft', DRAFT, '--patch', patch, ...settings)
    expect(code).toBe(0)
    expect(service.asked[0]).toEqual({
      request: 'POST /v1/policy/try',
      body: {
        ...{ decision: ID, draft: DRAFT },
        patch: [
          { op: 'remove', path: '/previous' },
          { op: 'add', path: '/version/yanked', value: true },
          { op: 'replace', path: '/actor/scopes/0', value: 'a=b' },
          { op: 'add', path: '/actor/roles/-', value: 'admin' },
        ],
      },
    })
    expect(stdout).toContain('DENY  install.create at the install gate')
    expect(stdout).toContain('remedy  Choose another version')
    expect(stdout).toContain('allow -> deny')
    expect(stdout).toContain('reasons +install.yanked')
    expect(stdout).toContain('rules   -install.allowed +install.yanked')
    expect(stdout).toContain('then      allow')
  })

  it('sends facts from a file to a gate, of a sealed revision', async () => {
    service.tell({ ...tried, recorded: null, changed: null })
    const input = await file('facts.json', { action: 'install.create' })
    const { stdout } = await gatehouse('try', '--gate', 'install', '--input', input, '--revision', REVISION)
    expect(service.asked[0]!.body).toEqual({ gate: 'install', input: { action: 'install.create' }, revision: REVISION })
    expect(stdout).not.toContain('recorded')
  })

  it('sends the facts of a decision as a person leaves them in the editor', async () => {
    service.tell({ ...tried, facts: { version: { yanked: false } } })
    const script = join(folder, 'editor.cjs')
    const edits = "const fs = require('fs'); const [file] = process.argv.slice(2)\n"
    await writeFile(script, `${edits}fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('false', 'true'))`)
    process.env['EDITOR'] = `"${process.execPath}" "${script}"`
    process.stdin.isTTY = true
    expect((await gatehouse('try', '--decision', ID, '--edit')).code).toBe(0)
    expect(service.asked.map(({ request }) => request)).toEqual([
      `GET /v1/decisions/${ID}?facts=true`,
      'POST /v1/policy/try',
    ])
    expect(service.asked[1]!.body).toEqual({ decision: ID, input: { version: { yanked: true } } })
  })

  it('ends with 1 where policy has no answer', async () => {
    service.tell({ ...tried, outcome: 'unavailable', cause: 'budget_exhausted', rules: [] })
    expect((await gatehouse('try', '--decision', ID)).code).toBe(1)
  })

  it.each([
    [['try'], 'say what is asked'],
    [['try', '--decision', ID, '--gate', 'call'], 'say what is asked'],
    [['try', '--gate', 'call'], '--input FILE'],
    [['try', '--decision', 'x'], '--decision: must be a UUID'],
    [['try', '--decision', ID, '--set', 'yanked=true'], 'write /path=JSON'],
    [['try', '--decision', ID, '--set', '/a=yes'], 'is not JSON'],
    [['try', '--decision', ID, '--patch', '/nowhere.json'], 'cannot be read'],
    [['try', '--decision', ID, '--draft', DRAFT, '--revision', REVISION], 'give one of them'],
    [['try', '--decision', ID, '--edit'], 'no editor can be opened without a terminal'],
    [['try', '--gate', 'call', '--input', '/nowhere.json'], 'cannot be read'],
    [['trace', 'x'], 'DECISION: must be a UUID'],
  ])('%j is a wrong call', async (args, words) => {
    const { code, stderr } = await gatehouse(...args)
    expect({ code, said: stderr }).toEqual({ code: 2, said: expect.stringContaining(words) })
    expect(service.asked).toEqual([])
  })
})
