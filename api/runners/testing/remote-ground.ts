import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SIGNATURE_FILE, signArtifact, type Artifact } from '#runtime/admission/artifact.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import type { Slots } from '#runtime/slots/slots.js'
import { monotonicClock } from '../../killswitch/clock.js'
import { KillState } from '../../killswitch/kill-state.service.js'
import { ArtifactSource } from '../machine/artifact-source.js'
import { RunnerServer } from '../machine/runner-server.js'
import { Runner } from '../machine/runner.js'
import type { Address } from '../remote/dial.js'
import type { FileOf } from '../remote/remote-execution.js'
import type { RemoteParts } from '../remote/remote-runner.js'
import { RemoteSlots } from '../remote/remote-slots.js'
import type { KillSource } from '../remote/watcher.js'

export const TOKEN = 'a-token-that-only-specs-have-and-nobody-else'
const FOR_EVER_MS = 3_600_000

/** The keys that a platform has, and of which its runners know the public halves. */
export interface PlatformKeys {
  readonly orders: KeyObject
  readonly glue: KeyObject
}
export const platformKeys = (): PlatformKeys => ({
  orders: generateKeyPairSync('ed25519').privateKey,
  glue: generateKeyPairSync('ed25519').privateKey,
})

/** A runner in this process: real slots behind the wall, on a free port of loopback. */
export interface RunnerGround {
  readonly runner: Runner
  readonly address: Address
  readonly faults: unknown[]
  /** Ends it as a machine does that loses its power. */
  crash(): Promise<void>
  close(): Promise<void>
}

/** Starts a runner with a few slots; whoever it takes orders from is known by `keys`. */
export const startRunner = async (keys: PlatformKeys, { size = 2, port = 0 } = {}): Promise<RunnerGround> => {
  const wall = await detectWall()
  const artifacts = new ArtifactSource([createPublicKey(keys.glue)])
  const slots = new SlotPool({ size, wall: wall.kind, readArtifact: ({ digest }) => artifacts.obtain(digest) })
  const faults: unknown[] = []
  const server = await RunnerServer.listen({ host: '127.0.0.1', port }, () => runner)
  const url = `http://127.0.0.1:${server.port}`
  const runner: Runner = new Runner({
    ...{ address: url, token: TOKEN, orderKeys: [createPublicKey(keys.orders)], slots, artifacts },
    ...{ wall: wall.name, clock: monotonicClock, onFault: (error) => void faults.push(error) },
  })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= runner.close().then(() => server.close()))
  return { runner, address: { url, token: TOKEN }, faults, crash: close, close }
}

/** A kill list that was just heard, and stays so as long as any spec takes. */
export const liveKills = (): KillState => {
  const kills = new KillState('spec-node', monotonicClock)
  kills.extend(monotonicClock.now() + FOR_EVER_MS)
  return kills
}

/** Files of artifacts that are in memory. */
export const filesOf =
  (artifacts: () => readonly Artifact[], { glue }: PlatformKeys): FileOf =>
  async ({ digest }, file) => {
    const artifact = artifacts().find((each) => each.digest === digest)
    if (!artifact) return null
    return file === SIGNATURE_FILE ? signArtifact(digest, glue) : (artifact.files.get(file) ?? null)
  }

export interface RemoteGround {
  readonly slots: RemoteSlots
  readonly news: string[]
  /** Resolves once each runner is as wanted. */
  until(state: 'ready' | 'draining' | 'lost', url?: string): Promise<void>
}

/** What an API has of runners. */
export const reachRunners = (
  runners: readonly Pick<RunnerGround, 'address'>[],
  { keys, kill, artifacts }: { keys: PlatformKeys; kill: KillSource; artifacts: () => readonly Artifact[] },
): RemoteGround => {
  const news: string[] = []
  const waiting = new Set<() => void>()
  const onNews: RemoteParts['onNews'] = (what, url, error) => {
    news.push(`${what} ${url} ${error instanceof Error ? error.message : ''}`.trim())
    setImmediate(() => waiting.forEach((look) => look()))
  }
  const slots = new RemoteSlots(
    runners.map(({ address }) => address),
    { key: keys.orders, kill, clock: monotonicClock, fileOf: filesOf(artifacts, keys), onNews },
  )
  const is = (wanted: string, url?: string): boolean =>
    slots.snapshot().runners!.every((each) => (url !== undefined && each.url !== url) || each.state === wanted)
  const until: RemoteGround['until'] = (wanted, url) =>
    new Promise((resolve) => {
      const timer = setInterval(() => look(), 20)
      const look = (): void => {
        if (!is(wanted, url)) return
        clearInterval(timer)
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { slots, news, until }
}

/** Where a spec's calls run. */
export interface Place {
  readonly slots: Slots
  close(): Promise<void>
}
export const PLACES = ['beside the service', 'on a runner'] as const

/** Slots here, or on a runner that is reached over the network; the artifacts are those in memory. */
export const openPlace = async (
  where: (typeof PLACES)[number],
  { size = 2, kill, artifacts }: { size?: number; kill: KillSource; artifacts: () => readonly Artifact[] },
): Promise<Place> => {
  if (where === 'beside the service') {
    const { kind: wall } = await detectWall()
    const readArtifact = async ({ digest }: { digest: string }): Promise<Artifact> => {
      const found = artifacts().find((each) => each.digest === digest)
      if (!found) throw new Error('no such artifact')
      return found
    }
    const pool = new SlotPool({ size, wall, readArtifact })
    return { slots: pool, close: () => pool.close() }
  }
  const keys = platformKeys()
  const ground = await startRunner(keys, { size })
  const { slots, until } = reachRunners([ground], { keys, kill, artifacts })
  await until('ready')
  const close = async (): Promise<void> => {
    await slots.close()
    await ground.close()
  }
  return { slots, close }
}
