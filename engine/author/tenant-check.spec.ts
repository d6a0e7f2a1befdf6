import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { Answer } from '#contract/decisions/answer.js'
import { packageRoot } from '#runtime/package-root.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { loadPolicy } from '../load.js'
import { restrict } from '../tenant/restrict.js'
import { soundCases, type GoldenCase } from './cases.js'
import { misspelledLeaves, type InputSchema } from './misspelling.js'
import { openOpa, type Opa } from './opa.js'
import { readPolicyFolder } from './policy-files.js'
import { checkTenantPolicy, goldenSamples, type TenantSample } from './tenant-check.js'

const read = (path: string): string => readFileSync(join(packageRoot(), path), 'utf8')
const blocks = [...read('docs/policy/tenant.md').matchAll(/```rego\n([\s\S]*?)```/g)].map(([, rego]) => rego!)
const [keys, keyTests] = blocks as [string, string]
const certified = blocks.at(-1)!
const CONTENT =
  'package tenant_test\n\nimport data.tenant\n\ntest_it_says_something if is_set(tenant.restrictions) with input as {}\n'

let tool: Opa
let samples: readonly TenantSample[]
let golden: readonly GoldenCase[]
beforeAll(async () => {
  tool = await openOpa(await findOpa())
  const files = await readPolicyFolder(dirname(shippedBundleFolder()))
  samples = goldenSamples(files)
  golden = soundCases(files)
}, 300_000)

const failedOf = async (source: string, tests = CONTENT) => {
  const { report } = await checkTenantPolicy({ source, tests }, { tool, samples })
  return report.stages.find(({ state }) => state === 'failed')
}

describe("the checks of an organisation's own policy", () => {
  it('let the guide’s first rule pass with its tests', async () => {
    expect(await failedOf(keys, keyTests)).toBeUndefined()
  }, 60_000)

  it('let it choose what of a certification blocks an install; what blocks everywhere goes on blocking', async () => {
    const { report, said } = await checkTenantPolicy({ source: certified, tests: CONTENT }, { tool, samples })
    expect(report.stages.flatMap(({ findings }) => findings)).toEqual([])
    const engine = await loadPolicy(await readShippedBundle())
    const outcomeOf = (name: string) => {
      const one = golden.find((each) => each.gate === 'install' && each.name === name)!
      const { answer } = engine.evaluate('install', canonicalBytes(one.input))
      const platform = Answer.parse(JSON.parse(Buffer.from(answer).toString()))
      return [platform.outcome, restrict(platform, said.get(`the golden case "${name}"`)!).outcome]
    }
    expect(outcomeOf('with consent')).toEqual(['allow', 'allow'])
    expect(outcomeOf('uncertified, with a warning by default')).toEqual(['allow', 'deny'])
    expect(outcomeOf('a critical finding blocks everywhere')).toEqual(['deny', 'deny'])
    expect(outcomeOf('malware blocks everywhere')).toEqual(['deny', 'deny'])
  }, 60_000)

  it('know every leaf of every input: a misspelled one is refused at its line', async () => {
    const schema = JSON.parse(read('policies/schemas/tenant.json')) as InputSchema
    const references = misspelledLeaves(schema)
    expect(references.length).toBeGreaterThan(100)
    const rules = references.map((reference, index) => `reads_${index} if ${reference}`)
    const source = ['package tenant', 'restrictions := set()', ...rules].join('\n\n')
    const { report } = await checkTenantPolicy({ source: `${source}\n`, tests: '' }, { tool, samples })
    const failed = report.stages.find(({ state }) => state === 'failed')
    expect(failed?.name).toBe('types')
    // Opa stops at a hundred errors; each of them is one of ours.
    expect(failed?.findings.length).toBeGreaterThanOrEqual(100)
  }, 60_000)

  it('refuse a hold that leads nowhere, and one that costs too much', async () => {
    const hold = `package tenant

restrictions contains {
	"effect": "hold",
	"reason": "tenant.many_eyes",
	"message": "Many look at it",
	"remedy": "Ask them",
	"approval": {"kind": "policy", "scope": "approvals:vote", "quorum": 2, "expires_in_s": 3600},
} if {
	input.action == "install.create"
}
`
    expect(await failedOf(hold)).toMatchObject({ name: 'budget', findings: [{ rule: 'tenant.many_eyes' }] })
    const dear = hold
      .replace('"policy"', '"consent"')
      .replace(
        '\tinput.action == "install.create"\n',
        '\tinput.action == "install.create"\n\tevery number in numbers.range(1, 20000) {\n\t\tnumber > 0\n\t}\n',
      )
    expect(await failedOf(dear)).toMatchObject({
      name: 'budget',
      findings: [{ message: expect.stringMatching(/units|budget/) }],
    })
  }, 60_000)
})
