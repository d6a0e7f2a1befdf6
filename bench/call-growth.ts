import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { loadArtifact } from '#runtime/admission/artifact.js'
import { Slot } from '#runtime/slots/slot.js'
import { SLOTS, type Subjects } from './call-subjects.js'
import { median } from './gate-measure.js'
import { artifactAlike, callPath, copyInstall, type Copy } from './installs.js'

const COUNTS = [1, 100, 10_000]
/** Sizes take turns, so that what else the machine does falls on all of them. */
const ROUNDS = 3
const ROUND_MS = 3_000
const FIRST_CALLS = 200
/** The longest that a pass over installs may take. */
const PASS_MS = 60_000
/** Twice as many extensions as slots, called in turn: each call finds all slots taken by others. */
const CROWD = 2 * SLOTS
const CROWD_CONNECTIONS = SLOTS / 2
const SWITCH_MS = 10_000

/**
 * Throughput as calls are spread over more installs, by that of one, of the same round, then the median. All of them run the
 * same code for the same organisation, so that they share slots. An install's first call, which looks it up and verifies
 * its artifact, is told apart, and made beforehand.
 */
export const measureGrowth = async ({ service, play }: Subjects): Promise<object> => {
  const most = Math.max(...COUNTS)
  const copies = Array.from({ length: most }, (_, number): Copy => ({ name: `bench-copy-${number}` }))
  const paths = (await copyInstall(service, 'bench-none', copies)).map(callPath)
  const alone = { milliseconds: PASS_MS, requests: FIRST_CALLS, connections: 1, paths: paths.slice(0, FIRST_CALLS) }
  const first = await play('none', alone)
  const later = await play('none', alone)
  const pass = await play('none', { milliseconds: PASS_MS, requests: most, paths })
  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const speeds: number[] = []
    for (const count of COUNTS)
      speeds.push((await play('none', { milliseconds: ROUND_MS, paths: paths.slice(0, count) })).perSecond)
    rounds.push(speeds)
  }
  const growth = COUNTS.map((installs, index) => ({
    installs,
    per_s: Math.round(median(rounds.map((speeds) => speeds[index]!))),
    vs_one: median(rounds.map((speeds) => speeds[index]! / speeds[0]!)),
  }))
  const micros = (ms: number): number => Math.round(ms * 1e3)
  return {
    growth,
    ...{ first_call_us: micros(first.p50Ms), later_call_us: micros(later.p50Ms), first_calls_per_s: pass.perSecond },
  }
}

/** Counts what slots are made of while `work` goes on: a slot that loads an artifact was another's before, or nobody's. */
const countLoads = async <T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly loads: number }> => {
  const { prototype } = Slot
  const load = prototype.load
  let loads = 0
  prototype.load = function counted(this: Slot, artifact) {
    loads++
    return load.call(this, artifact)
  }
  try {
    return { result: await work(), loads }
  } finally {
    prototype.load = load
  }
}

/** How many slots a second go over to another extension where there are more of them than slots. */
export const measureSwitches = async (subjects: Subjects): Promise<object> => {
  const { service } = subjects
  const model = await artifactOf(subjects)
  const copies: Copy[] = []
  for (let number = 0; number < CROWD; number++)
    copies.push({ name: `bench-crowd-${number}`, artifact: await artifactAlike(service, model) })
  const paths = (await copyInstall(service, 'bench-none', copies)).map(callPath)
  await subjects.play('none', { milliseconds: PASS_MS, requests: CROWD, connections: CROWD_CONNECTIONS, paths })
  const { result, loads } = await countLoads(() =>
    subjects.play('none', { milliseconds: SWITCH_MS, connections: CROWD_CONNECTIONS, paths }),
  )
  return {
    switches_per_s: loads / (result.answers / result.perSecond),
    crowd: {
      extensions: CROWD,
      slots: SLOTS,
      calls_per_s: result.perSecond,
      p50_ms: result.p50Ms,
      p99_ms: result.p99Ms,
    },
    crowd_failures: result.failures,
  }
}

const artifactOf = async ({ service, extensions }: Subjects) => {
  const text = `SELECT b.artifact_digest AS digest FROM extension_registry e JOIN extension_version v ON v.extension_id = e.id
    JOIN extension_bundle b ON b.digest = v.digest WHERE e.name = $1`
  const found = await service.ground.database.inScope({ platform: true }, (tx) =>
    tx.query<{ digest: string }>(text, [extensions.none]),
  )
  const { digest } = found.rows[0]!
  const folder = join(service.folder, 'artifacts', digest.slice('sha256:'.length))
  return loadArtifact(folder, digest, createPublicKey(await service.ground.keys.signing('glue')))
}
