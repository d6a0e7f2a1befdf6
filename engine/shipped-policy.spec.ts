import { mkdtemp, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { Answer } from '#contract/decisions/answer.js'
import { INPUTS, PublishInput, type DecisionInput } from '#contract/decisions/inputs.js'
import { GATES } from '#contract/vocabulary.js'
import { judge, soundCases, type GoldenCase } from './author/cases.js'
import { readPolicyFolder } from './author/policy-files.js'
import { readBundleFolder, readShippedBundle, shippedBundleFolder } from './bundle.js'
import { canonicalBytes } from './canonical.js'
import { explain } from './explain.js'
import { loadPolicy, type PolicyEngine } from './load.js'
import { replay } from './replay.js'

const policies = dirname(shippedBundleFolder())
const golden = soundCases(await readPolicyFolder(policies))

let engine: PolicyEngine
beforeAll(async () => {
  engine = await loadPolicy(await readShippedBundle())
})

interface Answered {
  outcome: string
  rules: string[]
  reasons: { id: string }[]
}

const answerTo = (gate: GoldenCase['gate'], input: unknown): Answered =>
  JSON.parse(new TextDecoder().decode(engine.evaluate(gate, canonicalBytes(input)).answer)) as Answered

/** Every copy of `value` in which one member of one object is gone, with the path of what is gone. */
function* withoutOne(value: unknown, path = ''): Generator<{ path: string; value: unknown }> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [key, member] of Object.entries(value)) {
    const { [key]: _, ...rest } = value as Record<string, unknown>
    yield { path: `${path}/${key}`, value: rest }
    for (const inner of withoutOne(member, `${path}/${key}`))
      yield { path: inner.path, value: { ...value, [key]: inner.value } }
  }
}

describe('the shipped policy', () => {
  it.each(golden.map((each) => [each.gate, each.name, each] as const))('%s: %s', (_gate, _name, each) => {
    expect(judge(engine, each).difference).toBeUndefined()
  })

  it('has golden cases for all gates', () => {
    expect(new Set(golden.map(({ gate }) => gate))).toEqual(new Set(GATES))
  })

  it.each(GATES)('%s: refuses an input without any fact', (gate) => {
    expect(answerTo(gate, {}).outcome).toBe('deny')
  })

  it.each(GATES)('%s: lets nothing through because a fact is missing', (gate) => {
    const refused = golden.filter((each) => each.gate === gate && each.expect.outcome !== 'allow')
    const passed = refused.flatMap(({ name, input }) =>
      [...withoutOne(input)]
        // An input that its schema takes is another matter, such as a standing that is not known.
        .filter(({ value }) => !INPUTS[gate].safeParse(value).success)
        .filter(({ value }) => answerTo(gate, value).outcome === 'allow')
        .map(({ path }) => `${name}: without ${path}`),
    )
    expect(passed).toEqual([])
  })

  it('says of every rule that fires what it is, and of every refusal what to do', () => {
    const fired = new Set(golden.flatMap(({ expect: { rules } }) => rules))
    const reasons = new Set(golden.flatMap(({ expect: { reasons: ids } }) => ids))
    for (const id of fired)
      expect(engine.reasons[id]).toMatchObject({ title: expect.any(String), line: expect.any(Number) })
    for (const id of reasons) expect(engine.reasons[id]?.remedy).toBeTruthy()
  })

  it('answers within its budget on about the largest facts that the contract takes', () => {
    const submission = golden.find(({ name }) => name === 'a finding of high severity')!
      .input as DecisionInput<'publish'>
    const permission = { id: `domain:${'p'.repeat(100)}`, risk: 'high' as const }
    const finding = {
      check: 'c'.repeat(60),
      code: `check.${'f'.repeat(100)}`,
      severity: 'high' as const,
      malware: false,
    }
    const facts = (findings: unknown[]) =>
      PublishInput.parse({
        ...submission,
        manifest: {
          type: 'workflow-step',
          permissions: Array(100).fill(permission),
          permissions_added: Array(100).fill(permission.id),
        },
        certification: { state: 'completed', findings },
      })
    expect(Answer.parse(answerTo('publish', facts(Array(200).fill(finding)))).outcome).toBe('deny')
    expect(Answer.parse(answerTo('publish', facts([]))).outcome).toBe('hold')
  })

  it('gives the same bytes again when a decision is replayed', () => {
    const [{ gate, input }] = golden as [GoldenCase]
    const bytes = canonicalBytes(input)
    const { answer } = engine.evaluate(gate, bytes)
    expect(replay(engine, gate, { input: bytes, answer })).toMatchObject({ identical: true, revision: engine.revision })
    expect(replay(engine, gate, { input: bytes, answer: new Uint8Array([123]) }).identical).toBe(false)
  })

  it('explains a refusal and says what would follow from its remedies', () => {
    const unsigned = golden.find(({ name }) => name === 'a denial stands above a hold')!
    const explanation = explain(engine, unsigned.gate, canonicalBytes(unsigned.input))
    expect(explanation.rules.map(({ id }) => id)).toEqual(['publish.review_required', 'publish.unsigned'])
    expect(explanation.rules[1]).toMatchObject({ file: 'governance/publish/publish.rego', refuses: true })
    expect(explanation.after).toMatchObject({ outcome: 'deny', reasons: ['publish.signer_not_publisher'] })
  })
})

describe('a bundle folder', () => {
  it.each([
    ['policy.wasm', 'policy and data'],
    ['data.json', 'policy and data'],
    ['reasons.json', 'reasons.json'],
  ])('is refused where %s was changed', async (name, words) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bundle-'))
    try {
      await cp(shippedBundleFolder(), folder, { recursive: true })
      const bytes = await readFile(join(folder, name))
      bytes[bytes.length - 2]! ^= 1
      await writeFile(join(folder, name), bytes)
      await expect(readBundleFolder(folder)).rejects.toThrow(words)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
