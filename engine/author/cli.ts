import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '#runtime/package-root.js'
import { assembleBundle, BUNDLE_FILES, readShippedBundle, type BundleFiles } from '../bundle.js'
import { buildBundle } from './build.js'
import { generateCapabilities } from './capabilities.js'
import { checkPolicy } from './check.js'
import { openOpa, type Opa } from './opa.js'
import { CAPABILITIES, readPolicyFolder } from './policy-files.js'
import { policyReference } from './reference.js'
import { findRegal } from './regal.js'
import { reportLines } from './report.js'

/** This repository's own policy. */
const POLICIES = join(packageRoot(), 'policies')
const REFERENCE = join('..', 'docs', 'policy', 'reference.md')

/** What a build gives, by its place below `policies/`. */
const generated = (files: BundleFiles): [string, Uint8Array][] => [
  ...Object.entries(BUNDLE_FILES).map(([part, name]): [string, Uint8Array] => [
    join('bundle', name),
    files[part as keyof BundleFiles],
  ]),
  [REFERENCE, Buffer.from(policyReference(assembleBundle(files).reasons))],
]

/** Writes `capabilities.json`, the bundle and the reference anew from the sources. */
async function build(tool: Opa): Promise<boolean> {
  await writeFile(join(POLICIES, CAPABILITIES), await generateCapabilities(tool))
  const files = await buildBundle(tool, await readPolicyFolder(POLICIES))
  await mkdir(join(POLICIES, 'bundle'), { recursive: true })
  for (const [name, bytes] of generated(files)) await writeFile(join(POLICIES, name), bytes)
  console.log(new TextDecoder().decode(files.manifest).trim())
  return true
}

/** The check that every policy goes through, and that what is generated from ours is fresh. */
async function check(tool: Opa, regal: string | undefined): Promise<boolean> {
  const report = await checkPolicy(await readPolicyFolder(POLICIES), { tool, regal, base: await readShippedBundle() })
  console.log(reportLines(report).join('\n'))
  const stale = report.ok ? await staleFiles(tool) : []
  for (const name of stale) console.log(`failed  ${name} is not what the sources give; run npm run policy:build`)
  return report.ok && stale.length === 0
}

/** Generated files that the sources no longer give. */
async function staleFiles(tool: Opa): Promise<string[]> {
  const capabilities: [string, Uint8Array] = [CAPABILITIES, Buffer.from(await generateCapabilities(tool))]
  const built = await buildBundle(tool, await readPolicyFolder(POLICIES))
  const stale = [capabilities, ...generated(built)].map(async ([name, bytes]) =>
    Buffer.compare(await readFile(join(POLICIES, name)), bytes) === 0 ? [] : [name],
  )
  return (await Promise.all(stale)).flat()
}

const COMMANDS: Readonly<Record<string, (tool: Opa, regal: string | undefined) => Promise<boolean>>> = { build, check }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { opa: { type: 'string' }, regal: { type: 'string' }, path: { type: 'string', default: '' } },
})
const command = COMMANDS[positionals[0] ?? '']
if (!command || !values.opa) {
  console.error('usage: cli.js build|check --opa PATH [--regal PATH] [--path FOLDERS]')
  process.exitCode = 2
} else {
  const tool = await openOpa(values.opa, { weakIsolation: true })
  if (!(await command(tool, await findRegal(values.regal, values.path)))) process.exitCode = 1
}
