import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { BUNDLE_FILES, readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { loadPolicy } from '../load.js'
import type { PatchOperation } from '#contract/decisions/patch.js'
import { buildBundle } from './build.js'
import { generateCapabilities } from './capabilities.js'
import { soundCases } from './cases.js'
import { misspelledLeaves, snippetReading, type InputSchema } from './misspelling.js'
import { openOpa, type Opa } from './opa.js'
import { readPolicyFolder, withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { remedyFaults } from './remedies.js'

const SECOND = 1_000
const policies = dirname(shippedBundleFolder())

let tool: Opa
let files: PolicyFiles

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(policies)
}, 300 * SECOND)

describe('the bundle', () => {
  it('has the same bytes from another folder, and they are those that ship', async () => {
    const outer = await mkdtemp(join(tmpdir(), 'gatehouse-author-'))
    try {
      await cp(policies, join(outer, 'elsewhere'), { recursive: true })
      const [here, elsewhere] = await Promise.all([
        buildBundle(tool, files),
        buildBundle(tool, await readPolicyFolder(join(outer, 'elsewhere'))),
      ])
      for (const part of ['wasm', 'data', 'manifest', 'reasons'] as const) {
        expect(Buffer.compare(here[part], elsewhere[part])).toBe(0)
        expect(Buffer.compare(here[part], await readFile(join(shippedBundleFolder(), BUNDLE_FILES[part])))).toBe(0)
      }
    } finally {
      await rm(outer, { recursive: true, force: true })
    }
  })

  it('is built with the capabilities that the engine has', async () => {
    expect(await generateCapabilities(tool)).toBe(await readFile(join(policies, 'capabilities.json'), 'utf8'))
  })
})

describe('remedies', () => {
  it('hold, each proven by a case', async () => {
    const bundle = await readShippedBundle()
    const install = bundle.reasons['call.install_inactive']!
    const futile = { ...install, patch: [{ op: 'replace', path: '/endpoint/id', value: 'other' }] as PatchOperation[] }
    const reasons = { ...bundle.reasons, 'call.install_inactive': futile, 'call.unproven': futile }
    const faults = await remedyFaults(await loadPolicy({ ...bundle, reasons }), soundCases(files))
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('call.install_inactive is still there after its patch in call "a disabled install"'),
      'no golden case proves the patch of call.unproven',
    ])
  })
})

describe('a misspelled fact', () => {
  it.each([...GATES])('%s: does not compile, whichever leaf it is', async (gate: Gate) => {
    const schema = JSON.parse(await readFile(join(policies, 'schemas', `${gate}.json`), 'utf8')) as InputSchema
    const references = misspelledLeaves(schema)
    const { text, firstLine } = snippetReading(gate, references)
    const { ok, stderr } = await withPolicyFolder(files, async (folder) => {
      await writeFile(join(folder, 'misspelling.rego'), text)
      return tool.run(['check', '--max-errors', '10000', '--schema', 'schemas', 'misspelling.rego'], folder)
    })
    const unnoticed = references.filter(
      (_, index) => !stderr.includes(`misspelling.rego:${firstLine + index}: rego_type_error`),
    )
    expect(references.length).toBeGreaterThan(20)
    expect({ ok, unnoticed }).toEqual({ ok: false, unnoticed: [] })
  })
})
