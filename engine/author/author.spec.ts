import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { loadPolicy } from '../load.js'
import type { PatchOperation } from '../reasons.js'
import { buildBundle } from './build.js'
import { readCases } from './cases.js'
import { STAGES } from './check.js'
import { misspelledLeaves, snippetReading, type InputSchema } from './misspelling.js'
import { Opa } from './opa.js'
import { proveRemedies } from './remedies.js'

const SECOND = 1_000
const policies = dirname(shippedBundleFolder())

let tool: Opa
let root: string

beforeAll(async () => {
  tool = new Opa(await findOpa())
}, 300 * SECOND)

beforeEach(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'gatehouse-author-')), 'elsewhere')
  await cp(policies, root, { recursive: true })
})

afterEach(() => rm(dirname(root), { recursive: true, force: true }))

const stage = (name: string) => STAGES[name]!({ tool, root, regal: undefined })

/** Replaces text in one file of the copied policies; the text must be there. */
async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(root, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(join(root, file), text.replace(from, to))
}

describe('the bundle', () => {
  it('has the same bytes from another folder', async () => {
    const [here, elsewhere] = await Promise.all([buildBundle(tool, policies), buildBundle(tool, root)])
    for (const part of ['wasm', 'data', 'manifest', 'reasons'] as const) {
      expect(Buffer.compare(here[part], elsewhere[part])).toBe(0)
    }
  })

  it('is stale after a rule was changed', async () => {
    await edit('governance/call/call.rego', '"critical"', '"warning"')
    expect(await stage('bundle')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('bundle/policy.wasm'),
    })
  })
})

describe('the checks', () => {
  it.each([
    ['format', 'governance/call/call.rego', 'deny contains', 'deny   contains', 'call.rego'],
    ['capabilities', 'capabilities.json', '"walk"', '"http.send"', 'policy:build'],
    [
      'types',
      'governance/call/call.rego',
      'input.install.status',
      'input.install.state',
      'undefined ref: input.install.state',
    ],
    ['types', 'governance/call/call.rego', 'is_null(input.quota)', 'http.send({"url": ""})', 'http.send'],
    ['types', 'governance/actor/actor.rego', 'input.actor.kind', 'input.actor.kin', 'undefined ref: input.actor.kin'],
    [
      'metadata',
      'governance/call/call.rego',
      'id: call.allowed',
      'id: call.permitted',
      'emits call.allowed, its metadata says call.permitted',
    ],
    [
      'metadata',
      'governance/call/call.rego',
      '#   remedy: Enable or install the extension.\n',
      '',
      'call.install_inactive has no remedy',
    ],
    [
      'metadata',
      'governance/call/call.rego',
      'if not _holds_endpoint_scope',
      'if not input.endpoint.required_scope in input.actor.scopes',
      'negates a call on facts',
    ],
    ['metadata', 'governance/actor/actor.rego', '# title: Somebody\n', '', 'public rule known has no title'],
    ['tests', 'governance/call/call.rego', '& {"critical"}', '& {"fine"}', 'a version in critical health'],
  ])('%s fails where %s is broken', async (name, file, from, to, words) => {
    await edit(file, from, to)
    const { state, detail } = await stage(name)
    expect(state).toBe('failed')
    expect(detail).toContain(words)
  })

  it('demands golden cases that say what is answered', async () => {
    await edit('cases/call/invoke.yaml', 'rules: [call.allowed]', 'rules: [call.allowed, call.throttle]')
    expect(await stage('golden')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('within scope and quota'),
    })
  })

  it('demands cases whose facts the gate takes', async () => {
    await edit('cases/call/invoke.yaml', 'platform: false', 'platform: 0')
    await expect(stage('golden')).rejects.toThrow('actor')
  })

  it('demands remedies that hold, each proven by a case', async () => {
    const bundle = await readShippedBundle()
    const install = bundle.reasons['call.install_inactive']!
    const futile = { ...install, patch: [{ op: 'replace', path: '/endpoint/id', value: 'other' }] as PatchOperation[] }
    const reasons = { ...bundle.reasons, 'call.install_inactive': futile, 'call.unproven': futile }
    const faults = proveRemedies(await loadPolicy({ ...bundle, reasons }), await readCases(policies))
    expect(faults).toEqual([
      expect.stringContaining('call.install_inactive: still there after its patch in call "a disabled install"'),
      'call.unproven: no golden case proves its patch',
    ])
  })

  it('say that Regal did not run, and do not count it as passed', async () => {
    expect(await stage('regal')).toEqual({ state: 'not_run', detail: 'Regal not installed: stage not run' })
  })
})

describe('a misspelled fact', () => {
  it.each([...GATES])('%s: does not compile, whichever leaf it is', async (gate: Gate) => {
    const schema = JSON.parse(await readFile(join(policies, 'schemas', `${gate}.json`), 'utf8')) as InputSchema
    const references = misspelledLeaves(schema)
    const { text, firstLine } = snippetReading(gate, references)
    await writeFile(join(root, 'misspelling.rego'), text)
    const { ok, stderr } = await tool.run(
      ['check', '--max-errors', '10000', '--schema', 'schemas', 'misspelling.rego'],
      root,
    )
    const unnoticed = references.filter(
      (_, index) => !stderr.includes(`misspelling.rego:${firstLine + index}: rego_type_error`),
    )
    expect(references.length).toBeGreaterThan(20)
    expect({ ok, unnoticed }).toEqual({ ok: false, unnoticed: [] })
  })
})
