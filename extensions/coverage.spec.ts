import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parseManifest, type Manifest } from '#contract/manifest/index.js'
import { CAPABILITIES, capabilitiesOf, type Capability } from '#contract/permissions.js'
import { unbuiltFeatures } from '#contract/manifest/unbuilt.rules.js'
import { capabilityCatalogue } from '#runtime/host-calls/catalogue.js'
import type { CapabilityPorts } from '#runtime/host-calls/ports.js'
import { packageRoot } from '#runtime/package-root.js'

const HOME = join(packageRoot(), 'extensions')
const NAMES = readdirSync(HOME, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const LONG = 300_000

interface Case {
  readonly name: string
  readonly failures: readonly unknown[]
  readonly calls: readonly { readonly name: string; readonly error?: string }[]
}
interface Reference {
  readonly name: string
  readonly manifest: Manifest
  readonly sources: string
  readonly cases: readonly Case[]
}

const manifestOf = (name: string): Manifest => {
  const parsed = parseManifest(readFileSync(join(HOME, name, 'extension.json'), 'utf8'))
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.errors)}`)
  return parsed.manifest
}

/** The cases as the command runs them: real build, sandbox and policy. */
const casesOf = async (name: string): Promise<Case[]> => {
  const args = ['dist/cli/main.js', '--json', 'ext', 'test', join(HOME, name), '--weak-isolation']
  const told = promisify(execFile)(process.execPath, args, { cwd: packageRoot(), maxBuffer: 1 << 26 })
  const { stdout } = await told.catch((error: { stdout: string }) => error)
  return (JSON.parse(stdout) as { cases: Case[] }).cases
}

const sourcesOf = (name: string): string => {
  const files = readdirSync(join(HOME, name, 'src')).filter((file) => !file.endsWith('.spec.ts'))
  return files.map((file) => readFileSync(join(HOME, name, 'src', file), 'utf8')).join('\n')
}

let references: Reference[]
beforeAll(async () => {
  references = []
  for (const name of NAMES)
    references.push({ name, manifest: manifestOf(name), sources: sourcesOf(name), cases: await casesOf(name) })
}, LONG)

const ambient = (Object.keys(CAPABILITIES) as Capability[]).filter((name) => CAPABILITIES[name].ambient)
/** What an extension uses: what its manifest opens, and of what everybody has that which it imports. */
const usedBy = ({ manifest, sources }: Reference): Capability[] =>
  [
    ...capabilitiesOf(manifest.permissions),
    ...ambient.filter((name) => sources.includes(`'gatehouse:extension/${name}@`)),
  ].toSorted()
/** Host calls that were allowed and did what they do, over all cases of some extensions. */
const madeBy = (some: readonly Reference[]): Set<string> =>
  new Set(
    some.flatMap(({ cases }) => cases.flatMap(({ calls }) => calls.flatMap((call) => (call.error ? [] : [call.name])))),
  )
/** What is used without a host call: events that come, and secrets that the host puts into headers. */
const unasked = ({ manifest: { events, egress } }: Reference): Capability[] => [
  ...(events.consumes.length > 0 ? (['events'] as const) : []),
  ...(egress.some(({ secrets = [] }) => secrets.length > 0) ? (['secrets'] as const) : []),
]
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted()

describe('the reference extensions', () => {
  it('pass their own cases, refused and failing host calls among them', () => {
    for (const { name, cases } of references) {
      expect([name, cases.filter(({ failures }) => failures.length > 0)]).toEqual([name, []])
      const refused = cases.some(({ calls }) => calls.some(({ error }) => error !== undefined))
      expect([name, refused]).toEqual([name, true])
    }
  })

  it('leave out no capability that this platform runs', () => {
    const built = (Object.keys(CAPABILITIES) as Capability[]).filter((name) => CAPABILITIES[name].built)
    expect(sorted(references.flatMap(usedBy))).toEqual(built.toSorted())
  })

  it('make each host call that there is', () => {
    const catalogue = capabilityCatalogue({} as CapabilityPorts<never>)
    expect(sorted(madeBy(references))).toEqual(sorted(catalogue.keys()))
  })

  it('ask for nothing that they do not use, and for nothing that is not built', () => {
    for (const reference of references) {
      const families = sorted([...madeBy([reference])].map((call) => call.split('.')[0]!).concat(unasked(reference)))
      expect([reference.name, families]).toEqual([reference.name, capabilitiesOf(reference.manifest.permissions)])
      expect([reference.name, unbuiltFeatures(reference.manifest)]).toEqual([reference.name, []])
    }
  })

  it('stream both ways, and consume all that they emit', () => {
    const manifests = references.map(({ manifest }) => manifest)
    const streams = manifests.flatMap(({ api }) => api.endpoints.flatMap(({ stream }) => stream ?? []))
    expect(sorted(streams)).toEqual(['request', 'response'])
    const types = (side: 'emits' | 'consumes') =>
      sorted(manifests.flatMap(({ events }) => events[side].map(({ type }) => type)))
    expect(types('consumes')).toEqual(types('emits'))
    expect(types('emits').length).toBeGreaterThan(0)
  })

  it('are told by the README as they are', () => {
    const readme = readFileSync(join(HOME, 'README.md'), 'utf8')
    const rows = [...readme.matchAll(/^\| \[`([^`]+)`\]\([^)]+\) \| ([a-z-]+) \| ([^|]+) \|/gm)]
    const told = rows.map(([, name, type, uses]) => [name, type, uses!.replaceAll('`', '').trim().split(/,? /)])
    expect(told).toEqual(references.map((each) => [each.name, each.manifest.type, usedBy(each)]))
  })
})
