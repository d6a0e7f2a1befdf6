import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { findOpa } from '../../scripts/find-opa.mjs'
import { soundCases } from '../author/cases.js'
import { openOpa, type Opa } from '../author/opa.js'
import { readPolicyFolder, type PolicyFiles } from '../author/policy-files.js'
import { assembleBundle, readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { loadPolicy } from '../load.js'
import { alteredPolicy } from '../testing/altered-policy.js'
import { runDifferential } from './run.js'
import { withTopdown } from './topdown.js'

const SECOND = 1_000
const INPUTS = 600

let tool: Opa
let files: PolicyFiles
beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
}, 300 * SECOND)

describe('a differential run', () => {
  it(
    'finds no difference between the shipped module and its sources',
    async () => {
      const engine = await loadPolicy(await readShippedBundle())
      const { summary, shown } = await runDifferential({
        tool,
        engine,
        files,
        gates: ['call'],
        inputs: INPUTS,
        seed: 5,
      })
      expect(shown).toEqual([])
      expect(summary).toMatchObject({ inputs: INPUTS, differences: 0, rules_never_fired: 0 })
    },
    60 * SECOND,
  )

  it(
    'finds a module that was compiled from other sources, by an input that differs from a golden one in what matters',
    async () => {
      const edit = { from: 'input.quota.used < input.quota.limit', to: 'input.quota.used <= input.quota.limit' }
      const altered = await alteredPolicy(tool, [{ file: 'governance/call/call.rego', ...edit }])
      const engine = await loadPolicy(assembleBundle(altered))
      const { summary, shown } = await runDifferential({
        tool,
        engine,
        files,
        gates: ['call'],
        inputs: INPUTS,
        seed: 5,
      })
      expect(summary.differences).toBeGreaterThan(0)
      expect(summary.gates.call?.differences).toBe(summary.differences)
      const [difference] = shown
      const quota = difference!.input['quota'] as { limit: number; used: number }
      expect(quota.used).toBe(quota.limit)
      expect(difference!.theirs).toContain('call.quota_exceeded')
      expect(difference!.ours).not.toContain('call.quota_exceeded')
      const { quota: _, ...rest } = difference!.input
      expect(
        soundCases(files)
          .filter(({ gate }) => gate === 'call')
          .map(({ input: { quota: __, ...other } }) => other),
      ).toContainEqual(rest)
    },
    60 * SECOND,
  )

  it(
    'says which rule the inputs did not reach',
    async () => {
      const engine = await loadPolicy(await readShippedBundle())
      const { summary, shortfalls } = await runDifferential({
        tool,
        engine,
        files,
        gates: ['publish'],
        inputs: 5,
        seed: 5,
      })
      expect(summary.rules_never_fired).toBeGreaterThan(0)
      expect(shortfalls.filter((line) => line.includes('fired 0 times'))).toHaveLength(summary.rules_never_fired)
    },
    60 * SECOND,
  )
})

describe('topdown', () => {
  it(
    'keeps apart what is undefined, what fails and what answers',
    async () => {
      const rules = 'package governance.call\ndecision := 1 if input.x\ndecision := 2 if input.y\n'
      const policy = new Map([
        ['governance/call/call.rego', Buffer.from(rules)],
        ['platform.json', Buffer.from('{"platform": {}}')],
      ])
      const inputs = ['{"x":true}', '{"x":true,"y":true}', '{}', '{"y":true}'].map((text) => Buffer.from(text))
      const answers = await withTopdown(tool, policy, ({ ask }) => ask('call', inputs))
      expect(answers).toEqual([
        { answer: '1' },
        { none: expect.stringContaining('conflict') },
        { none: 'undefined' },
        { answer: '2' },
      ])
    },
    60 * SECOND,
  )
})
