import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { WhatIfReport, WhatIfState, type PastCursor } from '#contract/api/what-if.js'
import { GATES } from '#contract/vocabulary.js'
import { digestOf } from '#runtime/digest.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { soundCases } from '../author/cases.js'
import { readPolicyFolder } from '../author/policy-files.js'
import { openOpa, type Opa } from '../author/opa.js'
import { assembleBundle, MAX_BUDGET, shippedBundleFolder, type BundleFiles } from '../bundle.js'
import { loadPolicy } from '../load.js'
import { alteredPolicy, shippedFiles } from '../testing/altered-policy.js'
import { compileRego } from '../testing/compile-rego.js'
import { goldenDecisions } from '../testing/golden-decisions.js'
import { judge, obstacle, type Replayable } from './judge.rules.js'
import type { PastDecision } from './past-decision.js'
import { foretoldRates, reportOf, weighFlips } from './report.rules.js'
import { Tally } from './tally.rules.js'
import { whatIf } from './what-if.js'

const SECOND = 1_000
const DECISIONS = 600
const QUOTA = { file: 'governance/call/call.rego', from: 'input.quota.used < input.quota.limit' }
const LEFT = 100

let tool: Opa
let shipped: BundleFiles
let tighter: BundleFiles
let past: (PastDecision & { answer: Uint8Array })[]

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** Some that can't be replayed, among those that can. */
const spoil = (decision: PastDecision & { answer: Uint8Array }, index: number): PastDecision => {
  if (index % 50 === 7) return { ...decision, decidedBy: 'kill', answer: null }
  if (index % 50 === 11) return { ...decision, masked: true, source: 'agent' }
  if (index % 50 === 13) return { ...decision, inputDigest: digestOf(new Uint8Array([1])) }
  const unfit = json({ now: 1 })
  if (index % 50 === 17) return { ...decision, input: unfit, inputDigest: digestOf(unfit) }
  if (index % 50 === 19) return { ...decision, answer: json({ outcome: 'maybe' }) }
  return decision
}

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  shipped = await shippedFiles()
  tighter = await alteredPolicy(tool, [{ ...QUOTA, to: `input.quota.used + ${LEFT} < input.quota.limit` }])
  const engine = await loadPolicy(assembleBundle(shipped))
  past = [...goldenDecisions(engine, soundCases(await readPolicyFolder(dirname(shippedBundleFolder()))), DECISIONS)]
}, 300 * SECOND)

/** From after the cursor on, cut into batches of these sizes, over and over. */
const inBatches = (decisions: readonly PastDecision[], sizes: readonly number[]) =>
  async function* (after: PastCursor | null): AsyncGenerator<readonly PastDecision[]> {
    let at = after === null ? 0 : decisions.findIndex(({ id }) => id === after.id) + 1
    for (let turn = 0; at < decisions.length; turn += 1) {
      const size = sizes[turn % sizes.length]!
      yield decisions.slice(at, at + size)
      at += size
    }
  }

/** The same in one loop on one thread. */
async function naive(files: BundleFiles, decisions: readonly PastDecision[]): Promise<WhatIfReport> {
  const engine = await loadPolicy(assembleBundle(files))
  const tally = Tally.empty(engine.revision, 3)
  for (const each of decisions) {
    const why = obstacle(each)
    tally.add(each, why ? { found: 'not_replayable', why } : judge(engine, each as Replayable))
  }
  return reportOf(tally.state())
}

/** Runs until `decisions` are in, and gives what is handed on, as JSON would carry it. */
async function cutAfter(
  decisions: number,
  request: Pick<Parameters<typeof whatIf>[0], 'candidate' | 'past' | 'resume'>,
): Promise<WhatIfState | undefined> {
  const cut = new AbortController()
  let state: WhatIfState | undefined
  const onProgress = (progress: { decisions: number; state: () => WhatIfState }): void => {
    if (cut.signal.aborted || progress.decisions < decisions) return
    state = WhatIfState.parse(JSON.parse(JSON.stringify(progress.state())))
    cut.abort(new Error('cut'))
  }
  await expect(whatIf({ ...request, onProgress, signal: cut.signal })).rejects.toThrow('cut')
  return state
}

/** Every gate answers by this Rego. */
async function trialFiles(rules: string): Promise<BundleFiles> {
  const { wasm, data, revision, entrypoints } = await compileRego(tool, rules)
  const reasons = json({})
  const manifest = json({ revision, reasons_digest: digestOf(reasons), entrypoints, budget: MAX_BUDGET })
  return { wasm, data, reasons, manifest }
}

describe('a what-if', () => {
  it('finds no flip under the policy that decided', async () => {
    const report = await whatIf({ candidate: shipped, past: inBatches(past, [100]) })
    expect(report).toMatchObject({ decisions: DECISIONS, replayed: DECISIONS, flips: 0, differs_otherwise: 0 })
    expect(report.flips_by_rule).toEqual([])
  })

  it('puts every flip of a changed rule down to that rule', async () => {
    const report = await whatIf({ candidate: tighter, past: inBatches(past, [64]) })
    const quotaOf = ({ input }: PastDecision) =>
      (JSON.parse(new TextDecoder().decode(input)) as { quota?: { used: number; limit: number } | null }).quota
    const fires = (left: number) => (each: PastDecision) => {
      const quota = quotaOf(each)
      return each.gate === 'call' && Boolean(quota) && quota!.used + left >= quota!.limit
    }
    const expected = past.filter(fires(LEFT)).length - past.filter(fires(0)).length
    expect(expected).toBeGreaterThan(5)
    const rule = report.flips_by_rule.find(({ key }) => key === 'call.quota_exceeded')
    expect(report.flips).toBe(expected)
    expect(rule).toMatchObject({ flips: expected, appeared: expected, vanished: 0, rate: expected / DECISIONS })
    expect(rule!.outcome + rule!.reasons).toBe(expected)
    expect(rule!.outcome).toBeGreaterThan(0)
    expect(rule!.samples).toHaveLength(3)
    for (const { before, after } of rule!.samples) {
      expect(before.rules).not.toContain('call.quota_exceeded')
      expect(after.reasons).toContain('call.quota_exceeded')
    }
    for (const groups of [report.flips_by_extension, report.flips_by_publisher, report.flips_by_tenant])
      expect(groups.reduce((sum, { flips }) => sum + flips, 0)).toBe(expected)
    expect(foretoldRates(report).get('call.quota_exceeded')).toBe(expected / DECISIONS)
    expect(WhatIfReport.parse(report)).toEqual(report)
  })

  it('asks the candidate as its gate would: without waivers of what it does not let be waived', async () => {
    const isWaived = ({ gate, answer }: (typeof past)[number]) =>
      gate === 'call' && /"allow".*"waived"/.test(new TextDecoder().decode(answer))
    const waived = past.find(isWaived)!
    const marked = { file: 'governance/call/call.rego', from: 'id: call.health_critical\n#   waivable: true\n' }
    const strict = await alteredPolicy(tool, [{ ...marked, to: 'id: call.health_critical\n' }])
    const judged = async (files: BundleFiles) => judge(await loadPolicy(assembleBundle(files)), waived)
    expect(await judged(shipped)).toEqual({ found: 'same' })
    const after = { outcome: 'deny', reasons: ['call.health_critical'] }
    expect(await judged(strict)).toMatchObject({ found: 'flip', kind: 'outcome', after })
  })

  it('reports the same as one loop on one thread, however it is cut up and cut off', async () => {
    const mixed = past.map(spoil)
    const expected = await naive(tighter, mixed)
    const each = DECISIONS / 50
    expect(expected.not_replayable).toEqual({
      ...{ kill: each, masked: each, input_altered: each, input_unfit: each, answer_unreadable: each },
    })
    const sizes = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 5 })
    const stops = fc.array(fc.integer({ min: 1, max: DECISIONS - 160 }), { maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(sizes, stops, async (cutUp, cutOff) => {
        const request = { candidate: tighter, past: inBatches(mixed, cutUp) }
        let resume: WhatIfState | undefined
        for (const stop of [...new Set(cutOff)].toSorted((one, other) => one - other)) {
          if (stop > (resume ? mixed.findIndex(({ id }) => id === resume!.cursor!.id) : 0))
            resume = (await cutAfter(stop, { ...request, resume })) ?? resume
        }
        expect(await whatIf({ ...request, resume })).toEqual(expected)
      }),
      { numRuns: 6 },
    )
  }, 120_000)

  it('goes on only with the candidate that it began with', async () => {
    const resume = await cutAfter(1, { candidate: tighter, past: inBatches(past, [50]) })
    await expect(whatIf({ candidate: shipped, past: inBatches(past, [50]), resume: resume! })).rejects.toThrow(
      'this candidate is',
    )
  })
})

describe('a candidate', () => {
  const few = () => past.slice(0, 20)

  it('that spends its budget on one decision flips that one to unavailable', async () => {
    const files = await trialFiles(`
      answer(id) := {"outcome": "deny", "rules": [id], "reasons": [{"id": id}], "obligations": [], "approval": null}
      default decision := false
      decision := answer("trial.denied") if input.extension.id != "com.example.ext3"
      decision := answer("trial.slow") if {
        input.extension.id == "com.example.ext3"
        count([1 | some x in numbers.range(1, 3000); some y in numbers.range(1, 3000); x == y]) > 0
      }`)
    const subset = few().filter(({ gate }) => gate === 'call' || gate === 'capability')
    const slow = subset.filter(({ extension }) => extension === 'com.example.ext3').length
    expect(slow).toBeGreaterThan(0)
    const report = await whatIf({ candidate: files, past: inBatches(subset, [7]) })
    expect(report.decisions).toBe(subset.length)
    expect(report.replayed).toBe(subset.length)
    expect((report.no_answer.budget ?? 0) + (report.no_answer.memory ?? 0)).toBe(slow)
    expect(report.flips_by_rule.find(({ key }) => key === 'policy.unavailable')?.flips).toBe(slow)
  })

  it('that gives the same answer with other duties flips, and says which', async () => {
    const answer = (quorum: number, warn: string) => `
      default decision := false
      decision := {"outcome": "allow", "rules": ["trial.allowed"], "reasons": [], "obligations": [{"id": "${warn}"}],
        "approval": null} if input.extension.id != "com.example.ext3"
      decision := {"outcome": "hold", "rules": ["trial.held"], "reasons": [{"id": "trial.held"}], "obligations": [],
        "approval": {"kind": "review", "scope": "extensions:review", "quorum": ${quorum}, "expires_in_s": 3600}} if {
        input.extension.id == "com.example.ext3"
      }`
    const [before, after] = [await trialFiles(answer(2, 'trial.warn')), await trialFiles(answer(1, 'trial.note'))]
    const engine = await loadPolicy(assembleBundle(before))
    const subset = few()
      .filter(({ gate }) => gate === 'call' || gate === 'capability')
      .map((each) => ({ ...each, answer: engine.evaluate(each.gate, each.input!).answer }))
    const held = subset.filter(({ extension }) => extension === 'com.example.ext3').length
    const report = await whatIf({ candidate: after, past: inBatches(subset, [7]) })
    expect(report).toMatchObject({ flips: subset.length, duty_flips: subset.length, differs_otherwise: 0 })
    const [rule] = report.flips_by_rule
    expect(rule).toMatchObject({ key: 'policy.same_rules', duties: subset.length, outcome: 0, reasons: 0 })
    const quorums = report.flips_by_extension
      .find(({ key }) => key === 'com.example.ext3')!
      .samples.map((sample) =>
        [sample.before.duties, sample.after.duties].map((duties) => /"quorum":(\d)/.exec(duties![0]!)![1]),
      )
    expect(held).toBeGreaterThan(0)
    expect(quorums[0]).toEqual(['2', '1'])
    expect(WhatIfReport.parse(report)).toEqual(report)
  })

  it('that does not load is refused as a whole', async () => {
    const wasm = new Uint8Array([0, 97, 115, 109])
    const manifest = JSON.parse(new TextDecoder().decode(shipped.manifest)) as Record<string, unknown>
    const { bundleRevision } = await import('../bundle.js')
    const files = {
      ...{ ...shipped, wasm },
      manifest: json({ ...manifest, revision: bundleRevision(wasm, shipped.data) }),
    }
    await expect(whatIf({ candidate: files, past: inBatches(few(), [5]) })).rejects.toThrow('admitted')
  })

  it('has an answer for each of the gates', () => {
    expect(new Set(past.map(({ gate }) => gate))).toEqual(new Set(GATES))
  })
})

describe('a thread that does not come back', () => {
  const crew = { program: 'testing/unruly-thread.js', deadlineMs: 1_000, heapMb: 64, threads: 2 }
  /** The decision with an extension of another name, recorded as if it had always had it. */
  const named = (decision: PastDecision, extension: string): PastDecision => {
    const text = new TextDecoder().decode(decision.input).replaceAll(decision.extension!, extension)
    const input = new TextEncoder().encode(text)
    return { ...decision, extension, input, inputDigest: digestOf(input) }
  }
  const calls = () => past.filter(({ gate }) => gate === 'call').slice(0, 40)

  it('costs only the decision that it was at', async () => {
    const unruly = new Map([
      [3, 'com.unruly.loops'],
      [4, 'com.unruly.exits'],
      [17, 'com.unruly.hoards'],
      [39, 'com.unruly.loops'],
    ])
    const decisions = calls().map((each, index) => (unruly.has(index) ? named(each, unruly.get(index)!) : each))
    const report = await whatIf({ candidate: shipped, past: inBatches(decisions, [25]), crew })
    expect(report).toMatchObject({ decisions: 40, replayed: 40, flips: 4, outcome_flips: 4 })
    expect(report.no_answer).toEqual({ deadline: 2, crashed: 2 })
    expect(report.flips_by_rule).toMatchObject([{ key: 'policy.unavailable', flips: 4 }])
    expect(report.flips_by_extension.map(({ key, flips }) => [key, flips])).toEqual([
      ['com.unruly.loops', 2],
      ['com.unruly.exits', 1],
      ['com.unruly.hoards', 1],
    ])
  }, 60_000)

  it('ends the asking after so many, and the run all the same', async () => {
    const decisions = calls().map((each) => named(each, 'com.unruly.loops'))
    const report = await whatIf({
      candidate: shipped,
      past: inBatches(decisions, [10]),
      crew: { ...crew, maxEnded: 2 },
    })
    expect(report).toMatchObject({ decisions: 40, replayed: 40, flips: 40 })
    expect(report.no_answer.abandoned).toBeGreaterThan(30)
    expect((report.no_answer.abandoned ?? 0) + (report.no_answer.deadline ?? 0)).toBe(40)
  }, 60_000)
})

describe('a flip budget', () => {
  const report = async () => whatIf({ candidate: tighter, past: inBatches(past, [200]) })

  it('is kept at its bounds and not beyond', async () => {
    const found = await report()
    const { flips } = found
    const exact = { max_flips: flips, max_flips_percent: found.flip_rate * 100 }
    expect(weighFlips(found, { ...exact, per_rule: { 'call.quota_exceeded': flips, 'call.anonymous': 0 } })).toEqual({
      within: true,
      exceeded: [],
    })
    const bounds = (budget: Parameters<typeof weighFlips>[1]) =>
      weighFlips(found, budget).exceeded.map(({ bound }) => bound)
    expect(bounds({ max_flips: flips - 1 })).toEqual(['max_flips'])
    expect(bounds({ max_flips_percent: found.flip_rate * 99 })).toEqual(['max_flips_percent'])
    expect(bounds({ per_rule: { 'call.quota_exceeded': flips - 1 } })).toEqual(['per_rule'])
  })

  it('is not kept by a replay that replayed nothing', async () => {
    const killed = past.slice(0, 5).map((each) => ({ ...each, decidedBy: 'kill' as const }))
    const found = await whatIf({ candidate: tighter, past: inBatches(killed, [2]) })
    expect(weighFlips(found, {})).toMatchObject({ within: false, exceeded: [{ bound: 'nothing_replayed' }] })
  })
})
