import { dirname } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { GATES } from '#contract/vocabulary.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { soundCases, type GoldenCase } from '../author/cases.js'
import { openOpa, type Opa } from '../author/opa.js'
import { readPolicyFolder, type PolicyFiles } from '../author/policy-files.js'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { loadPolicy, type PolicyEngine } from '../load.js'
import { edited } from '../testing/edit-policy.js'
import { traceDecision, type Trace } from './trace.js'

jest.setTimeout(120_000)

let tool: Opa
let files: PolicyFiles
let engine: PolicyEngine
let cases: readonly GoldenCase[]
const INSTALL = 'governance/install/install.rego'

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
  engine = await loadPolicy(await readShippedBundle())
  cases = soundCases(files)
}, 300_000)

const trace = (golden: GoldenCase, of = files): Promise<Trace> =>
  traceDecision(tool, of, { gate: golden.gate, input: canonicalBytes(golden.input) })
const goldenOf = (gate: string, name: string): GoldenCase =>
  cases.find((one) => one.gate === gate && one.name === name)!
const read = ({ facts }: Trace, path: string) => facts.find((fact) => fact.path === path)

/** The shipped policy with one more rule in the install gate, and a case that reaches it. */
const traceWith = (rule: string, facts: Record<string, unknown> = {}): Promise<Trace> => {
  const policy = edited(files, INSTALL, [
    'allow contains "install.allowed" if _known_action\n',
    'allow contains "install.allowed" if {\n\t_known_action\n\t_odd\n}\n',
  ])
  const text = `${new TextDecoder().decode(policy.get(INSTALL))}\n${rule}\n`
  const golden = goldenOf('install', 'with consent')
  return trace(
    { ...golden, input: { ...golden.input, ...facts } },
    new Map([...policy, [INSTALL, new TextEncoder().encode(text)]]),
  )
}

/** Facts with nothing in them but what was read; of a list all of it. */
function onlyRead({ facts }: Trace, from: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const { path } of facts.filter(({ document, found }) => document === 'input' && found)) {
    let [source, target]: [unknown, Record<string, unknown>] = [from, kept]
    const steps = path.split('/').slice(1)
    for (const [index, step] of steps.entries()) {
      source = (source as Record<string, unknown>)[step]
      const isWhole = index === steps.length - 1 || Array.isArray(source)
      if (isWhole) target[step] = source
      if (isWhole) break
      target = (target[step] ??= {}) as Record<string, unknown>
    }
  }
  return kept
}

describe('a decision made again by OPA', () => {
  it('depends on no fact but those that are said to be read', async () => {
    for (const gate of GATES) {
      const golden = cases.find((one) => one.gate === gate)!
      const kept = onlyRead(await trace(golden), golden.input)
      const answer = (facts: object) => Buffer.from(engine.evaluate(gate, canonicalBytes(facts)).answer).toString()
      expect(answer(kept)).toBe(answer(golden.input))
      expect(JSON.stringify(kept).length).toBeLessThan(JSON.stringify(golden.input).length)
    }
  })

  it('gets the bytes that the engine gives, at every gate, from sources that compile to the same revision', async () => {
    for (const gate of GATES) {
      const golden = cases.filter((one) => one.gate === gate).at(-1)!
      const traced = await trace(golden)
      const { answer } = engine.evaluate(gate, canonicalBytes(golden.input))
      expect(Buffer.from(traced.answer!).equals(Buffer.from(answer))).toBe(true)
      expect(traced).toMatchObject({ compilesTo: engine.revision, fault: null, cut: false, facts_replaced: false })
    }
  })

  it('names the rules that held, and of the others the line at which they stopped', async () => {
    const { rules } = await trace(goldenOf('install', 'after it was yanked'))
    const lines = new TextDecoder().decode(files.get(INSTALL)).split('\n')
    const yanked = rules.find(({ id }) => id === 'install.yanked')
    expect(yanked).toMatchObject({ file: INSTALL, name: 'deny["install.yanked"]', held: true, stopped_line: null })
    expect(lines[yanked!.line - 1]).toContain('deny contains "install.yanked"')
    const unapproved = rules.find(({ id }) => id === 'install.not_approved')
    expect(unapproved).toMatchObject({ held: false, stopped_line: expect.any(Number) })
    expect(lines[unapproved!.stopped_line! - 1]).toContain('input.version.review_state')
    expect(rules.find(({ name }) => name === '_listed_or_here_before')).toMatchObject({ id: null, held: false })
  })

  it('shows the facts that were read with their values, also of rules that an index would pass by, and no others', async () => {
    const traced = await trace(goldenOf('install', 'after it was yanked'))
    expect(read(traced, '/action')).toEqual({
      document: 'input',
      path: '/action',
      found: true,
      value: 'install.create',
    })
    expect(read(traced, '/version/yanked')).toMatchObject({ found: true, value: true })
    expect(read(traced, '/platform/install/consent_expires_in_s')).toMatchObject({ document: 'data', value: 604_800 })
    expect(read(traced, '/version/digest')).toBeUndefined()
    expect(traced.facts.some(({ path }) => path.startsWith('/governance'))).toBe(false)
  })
})

describe('what is read', () => {
  it('stands with the keys that led to it, and ends where everything is looked through', async () => {
    const traced = await traceWith(
      [
        '_odd if {',
        '\tkey := input.resource.kind',
        '\tinput.odd[key].on == true',
        '\tsome entry in input.list',
        '\tentry.name == "b"',
        '\tevery other in input.others { other != input.never_there }',
        '\tnot input.gone.deep == 1',
        '\tnames := {name | some name in input.names}',
        '\tcount(names) == 1',
        '}',
      ].join('\n'),
      {
        odd: { install: { on: true }, other: { on: true } },
        list: [{ name: 'a' }, { name: 'b' }],
        others: [],
        names: ['x'],
      },
    )
    expect(traced.fault).toBeNull()
    expect(read(traced, '/odd/install/on')).toMatchObject({ value: true })
    expect(read(traced, '/odd')).toBeUndefined()
    expect(read(traced, '/list')).toMatchObject({ value: [{ name: 'a' }, { name: 'b' }] })
    expect(read(traced, '/names')).toMatchObject({ value: ['x'] })
    expect(read(traced, '/gone/deep')).toEqual({ document: 'input', path: '/gone/deep', found: false })
    // No element was there to compare with it.
    expect(read(traced, '/never_there')).toBeUndefined()
  })

  it('says so where rules replaced the input on the way', async () => {
    expect(await traceWith('_odd if _inner with input as {"z": 1}\n\n_inner if input.z == 1')).toMatchObject({
      facts_replaced: true,
      fault: null,
    })
  })
})

describe('a policy that has no answer', () => {
  it('is told with what opa says of it', async () => {
    const traced = await traceWith('_odd := 1 if input.now > 0\n\n_odd := 2 if input.now > 1')
    expect(traced).toMatchObject({ answer: null, fault: expect.stringContaining('_odd') })
    const broken = await traceWith('_odd if opa.runtime().env')
    expect(broken).toMatchObject({ answer: null, compilesTo: null, fault: expect.stringContaining('opa.runtime') })
  })
})
