import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '#runtime/package-root.js'
import { BUNDLE_FILES } from '../bundle.js'
import { buildBundle } from './build.js'
import { generateCapabilities } from './capabilities.js'
import { STAGES, type Workbench } from './check.js'
import { Opa } from './opa.js'
import { findRegal } from './regal.js'

/** Writes `capabilities.json` and the bundle anew from the sources. */
async function build({ tool, root }: Workbench): Promise<boolean> {
  await writeFile(join(root, 'capabilities.json'), await generateCapabilities(tool))
  const files = await buildBundle(tool, root)
  await mkdir(join(root, 'bundle'), { recursive: true })
  await Promise.all(
    Object.entries(BUNDLE_FILES).map(([part, name]) =>
      writeFile(join(root, 'bundle', name), files[part as keyof typeof files]),
    ),
  )
  console.log(new TextDecoder().decode(files.manifest).trim())
  return true
}

/** Runs every stage and prints how each ended; false where one failed. */
async function check(bench: Workbench): Promise<boolean> {
  let failures = 0
  for (const [name, stage] of Object.entries(STAGES)) {
    const { state, detail } = await stage(bench).catch((error: Error) => ({
      state: 'failed' as const,
      detail: error.message,
    }))
    if (state === 'failed') failures += 1
    console.log(`${state.replace('_', ' ').padEnd(7)} ${name}${detail ? `: ${detail}` : ''}`)
  }
  return failures === 0
}

const COMMANDS: Readonly<Record<string, (bench: Workbench) => Promise<boolean>>> = { build, check }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { opa: { type: 'string' }, regal: { type: 'string' }, path: { type: 'string', default: '' } },
})
const command = COMMANDS[positionals[0] ?? '']
if (!command || !values.opa) {
  console.error('usage: cli.js build|check --opa PATH [--regal PATH] [--path FOLDERS]')
  process.exitCode = 2
} else {
  const bench = {
    tool: new Opa(values.opa),
    root: join(packageRoot(), 'policies'),
    regal: await findRegal(values.regal, values.path),
  }
  if (!(await command(bench))) process.exitCode = 1
}
