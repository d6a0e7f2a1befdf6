import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gatehouse } from '../../demo/command.js'
import { Service } from '../../demo/service.js'
import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand } from '../life.js'
import { treeOf } from './drafts.js'

/** Pushes a folder, has it checked, and seals it. */
const sealFolder = async (
  ask: (...args: string[]) => Promise<Record<string, unknown>>,
  folder: string,
): Promise<string> => {
  const { id } = await ask('policy', 'push', folder, '--name', 'sealed elsewhere')
  await ask('policy', 'verify', String(id))
  return String((await ask('policy', 'seal', String(id)))['revision'])
}

/** The same sources in another service, with its own data, keys and database. */
const sealElsewhere = async (world: World): Promise<string> => {
  const data = join(world.folder, 'elsewhere')
  const service = await Service.start(data, world.commonSettings)
  try {
    return await sealFolder(async (...args) => {
      const ran = await gatehouse(['--url', service.url, '--data', data, '--as', AUTHOR, ...args], {})
      shown(ran.code === 0, `gatehouse ${args.slice(0, 2).join(' ')} works elsewhere`, ran)
      return ran.answer
    }, treeOf(world))
  } finally {
    await service.stop()
  }
}

const sealedReproducible: Step = {
  name: 'sealed_reproducible',
  async show(world) {
    const draft = world.recall('draft')
    const checked = await demand(world, 'policy', 'verify', draft)
    const { coverage } = checked['checks'] as { coverage: number }
    const sealed = await demand(world, 'policy', 'seal', draft)
    const revision = String(sealed['revision'])
    const built = await demand(world, 'policy', 'build', treeOf(world), '--out', join(world.folder, 'built'))
    const bundle = String(sealed['bundle_revision'])
    shown(built['revision'] === bundle, 'built from the working tree it has the same module and data', built)
    const elsewhere = await sealElsewhere(world)
    shown(elsewhere === revision, 'sealed by another service it is the same', { revision, elsewhere })
    shown(revision !== world.recall('revision:shipped'), 'and it is not the one that ships', revision)
    world.known.set('revision:new', revision)
    world.known.set('bundle:new', bundle)
    return { revision, coverage, built: built['revision'], elsewhere, source_commit: sealed['source_commit'] }
  },
}

/** The files of a sealed revision in the blob store, by what they are. */
const blobsOf = async (world: World, revision: string): Promise<[part: string, path: string][]> => {
  const owner = await world.postgres('owner')
  try {
    const [row] = await owner.query(`SELECT files FROM policy_revision WHERE revision = '${revision}'`)
    const files = JSON.parse(row?.[0] ?? '{}') as Record<string, string>
    return Object.entries(files).map(([part, digest]) => {
      const hex = digest.slice('sha256:'.length)
      return [part, join(world.data, 'blobs', hex.slice(0, 2), hex)]
    })
  } finally {
    owner.close()
  }
}

const tamperedBundleRefused: Step = {
  name: 'tampered_bundle_refused',
  async show(world) {
    const folder = join(world.folder, 'to-tamper-with')
    cpSync(treeOf(world), folder, { recursive: true })
    const data = join(folder, 'platform.json')
    writeFileSync(data, readFileSync(data, 'utf8').replace('604800', '3600'))
    const revision = await sealFolder((...args) => demand(world, ...args), folder)
    const activate = () => world.cli(AUTHOR, 'policy', 'activate', revision, '--reason', 'to see it refused')
    const refused: Record<string, unknown> = {}
    for (const [part, path] of await blobsOf(world, revision)) {
      const kept = readFileSync(path)
      const flipped = Buffer.from(kept)
      flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1
      writeFileSync(path, flipped)
      const ran = await activate()
      writeFileSync(path, kept)
      shown(ran.answer['code'] === 'policy.revision_broken', `one flipped bit of its ${part} is refused`, ran.answer)
      refused[part] = ran.answer['code']
    }
    shown(Object.keys(refused).length === 6, 'each of its six files was tried', refused)
    const whole = await activate()
    shown(
      whole.answer['held'] === true,
      'whole again it waits for a second person, so the bit alone was refused',
      whole,
    )
    return { revision, refused }
  },
}

/** What is sealed is the same wherever it is sealed, and loads only as it was sealed. */
export const sealSteps: readonly Step[] = [sealedReproducible, tamperedBundleRefused]
