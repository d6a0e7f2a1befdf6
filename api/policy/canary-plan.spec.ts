import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { digestOf } from '#runtime/digest.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { readPolicyFolder, type PolicyFiles } from '#engine/author/index.js'
import { readShippedBundle, shippedBundleFolder } from '#engine/bundle.js'
import { problem } from '#contract/problems.js'
import { GATES } from '#contract/vocabulary.js'
import { edited } from '../../engine/testing/edit-policy.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { refusal } from '../gate/testing/refusal.js'
import { CanaryPlans, type CanaryPlanParts } from './canary-plan.js'
import { PolicyTool } from './policy-tool.js'
import { Turns } from './turns.js'

const CALL = 'governance/call/call.rego'
const SEALED = `sha256:${'5'.repeat(64)}`

let tool: PolicyTool
let base: string
let files: PolicyFiles
beforeAll(async () => {
  await findOpa()
  tool = new PolicyTool({ kind: (await detectWall()).kind })
  base = (await readShippedBundle()).revision
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
}, 300_000)

/** What a canary of these sources on the policy that ships is held against; of a revision without any where there are none. */
const changed = async (sources: PolicyFiles | null, other: Partial<CanaryPlanParts> = {}) => {
  const kept = new Map([...(sources ?? [])].map(([, text]) => [digestOf(text), text]))
  const tree = sources && Object.fromEntries([...sources].map(([path, text]) => [path, digestOf(text)]))
  const query = async (_text: string, [revision]: unknown[]) => ({
    rows: revision === SEALED && tree ? [{ tree }] : [],
  })
  const plans = new CanaryPlans({
    database: { inScope: (_scope: unknown, work: (tx: unknown) => unknown) => work({ query }) } as never,
    blobs: { read: async (digest) => Buffer.from(kept.get(digest)!) },
    ...{ tool, turns: new Turns(1), ...other },
  })
  return (await plans.plan({ base, revision: SEALED, what_if: null })).changed
}

describe('what a step must include', () => {
  it('is each changed reason, and the gate of any other changed rule', async () => {
    const quota = edited(files, CALL, [
      'input.quota.used < input.quota.limit',
      'input.quota.used + 1 < input.quota.limit',
    ])
    expect(await changed(quota)).toEqual(['call'])
    expect(await changed(edited(files, CALL, ['if not actor.known', 'if not actor.system']))).toEqual([
      'call.anonymous',
    ])
  }, 60_000)

  it('is the gate that a changed setting of the platform is for', async () => {
    const logs = edited(files, 'platform.json', ['"log_max_bytes": 8192', '"log_max_bytes": 4096'])
    expect(await changed(logs)).toEqual(['capability'])
    const quorum = edited(files, 'platform.json', ['"break_glass_quorum": 2', '"break_glass_quorum": 1'])
    expect(await changed(quorum)).toEqual(['admin'])
  }, 60_000)

  it('is everything where nobody can tell what differs', async () => {
    expect(await changed(null)).toEqual([...GATES])
    const missing = { open: () => Promise.reject(problem('policy.tool_missing')) }
    expect(await changed(files, { tool: missing })).toEqual([...GATES])
    expect(
      await changed(edited(files, CALL, ['package governance.call', 'package governance.call\nallow := {'])),
    ).toEqual([...GATES])
  }, 60_000)

  it('is not guessed where something else goes wrong', async () => {
    const busy = new Turns(0)
    expect(await refusal(changed(files, { turns: busy }))).toEqual(['overloaded'])
    const lost = { read: () => Promise.reject(new Error('the disk is gone')) }
    await expect(changed(files, { blobs: lost })).rejects.toThrow('the disk is gone')
  })
})
