import { RuntimeRefusal } from '#runtime/errors.js'
import { detectWall, type Wall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { monotonicClock } from '../../killswitch/clock.js'
import type { RunnerConfig } from '../../platform/config/runner-config.js'
import { TlsFiles } from '../../platform/config/tls-files.js'
import { ArtifactSource } from './artifact-source.js'
import { RunnerServer } from './runner-server.js'
import { Runner } from './runner.js'

/** A runner that listens. */
export interface Started {
  readonly address: string
  readonly wall: string
  /** Ends it: takes nothing new, lets calls go on as long as they may, then ends those that are left. */
  stop(): Promise<{ readonly left: number }>
}

/** Starts a runner. Raises `wall.absent` where this machine puts no wall around foreign code, and why it can't listen. */
export const startRunner = async (config: RunnerConfig, onFault: (error: unknown) => void): Promise<Started> => {
  const wall = await detectWall()
  requireWall(wall, config)
  const { HOST: host, PORT: port, RUNNER_URL, RUNNER_TOKEN: token, GATEHOUSE_SLOTS: size, orderKeys } = config
  const tls = config.tls && (await TlsFiles.open(config.tls, onFault))
  const artifacts = new ArtifactSource(config.glueKeys)
  const slots = new SlotPool({ size, wall: wall.kind, readArtifact: ({ digest }) => artifacts.obtain(digest) })
  const server = await RunnerServer.listen({ host, port, tls }, () => runner).catch(async (error: unknown) => {
    await slots.close()
    throw error
  })
  const address = RUNNER_URL?.[0] ?? `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`
  const parts = { address, token, orderKeys, slots, artifacts, wall: wall.name, clock: monotonicClock, onFault }
  const runner: Runner = new Runner(parts)
  const stop = async (): Promise<{ left: number }> => {
    const drained = runner.drain().then(() => 0)
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(runner.running), config.RUNNER_DRAIN_SECONDS * 1000)
    })
    const left = await Promise.race([drained, over])
    clearTimeout(timer)
    await runner.close()
    await server.close()
    return { left }
  }
  return { address, wall: wall.name, stop }
}

const requireWall = ({ strength, absent }: Wall, { GATEHOUSE_WEAK_ISOLATION }: RunnerConfig): void => {
  if (strength === 'namespaces' || GATEHOUSE_WEAK_ISOLATION === 'allow') return
  const why = absent.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
  throw new RuntimeRefusal(
    'wall.absent',
    `this machine puts no wall around foreign code (${why}): allow user namespaces, or set GATEHOUSE_WEAK_ISOLATION=allow`,
  )
}
