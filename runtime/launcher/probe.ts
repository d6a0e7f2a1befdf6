import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { RuntimeRefusal } from '../errors.js'
import { launch } from './launch.js'
import { availableWalls, type WallKind, type WallName } from './walls.js'

const PROBE_MS = 15_000

/** What escaped code could still do; the names are stable and shown by health. */
export type Leak =
  | 'host_files'
  | 'writable_files'
  | 'other_processes'
  | 'signals'
  | 'environment'
  | 'shell'
  | 'privileges'
  | 'network'

/** A wall that was tried: how it is called, what holds, and what escaped code could still do behind it. */
export interface Wall {
  readonly name: WallName
  readonly strength: WallKind['strength']
  readonly leaks: readonly Leak[]
  readonly kind: WallKind
  /** Stronger walls that did not come up here, with the reason. */
  readonly absent: readonly { readonly name: WallName; readonly reason: string }[]
}

/** A wall that is claimed but leaks: the boot must stop. */
export class WallLeaks extends RuntimeRefusal {}

/**
 * The strongest wall that comes up on this machine, probed from the inside.
 * One that can't be put up (no user namespaces, no program) is noted in `absent` and the next is tried; one that comes up
 * and leaks raises `WallLeaks` with code `wall.leaks`. Node's permission model alone is never claimed to be a wall: its
 * leaks are told, and whoever asks decides.
 */
export async function detectWall(kinds: readonly WallKind[] = availableWalls()): Promise<Wall> {
  const absent: { name: WallName; reason: string }[] = []
  for (const kind of kinds) {
    const found = await probeWall(kind)
    if ('reason' in found) {
      absent.push({ name: kind.name, reason: found.reason })
      continue
    }
    if (found.leaks.length > 0 && kind.strength === 'namespaces')
      throw new WallLeaks('wall.leaks', `the ${kind.name} wall leaks: ${found.leaks.join(', ')}`, {
        leaks: found.leaks,
      })
    return { name: kind.name, strength: kind.strength, leaks: found.leaks, kind, absent }
  }
  throw new RuntimeRefusal('wall.absent', 'no process can be launched here', { absent })
}

/** Runs the probe behind one wall: its leaks, or the reason why it didn't come up. */
export async function probeWall(kind: WallKind): Promise<{ leaks: Leak[] } | { reason: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-probe-'))
  const markerFile = join(folder, 'marker')
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  try {
    await Promise.all([writeFile(markerFile, 'on the host'), once(server, 'listening')])
    return await runProbe(kind, markerFile, server)
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runProbe(
  kind: WallKind,
  markerFile: string,
  server: Server,
): Promise<{ leaks: Leak[] } | { reason: string }> {
  const targets = { markerFile, port: (server.address() as AddressInfo).port, ownerPid: process.pid }
  const program = 'runtime/launcher/child/probe.js'
  const launched = launch(kind, { program, args: [JSON.stringify(targets)], withoutPermissionModel: true })
  const timer = setTimeout(() => launched.process.kill('SIGKILL'), PROBE_MS)
  try {
    const exited = once(launched.process, 'exit')
    const [output] = await Promise.all([text(launched.channel), exited])
    const tried = JSON.parse(output) as Record<Leak, boolean>
    return { leaks: (Object.keys(tried) as Leak[]).filter((leak) => tried[leak]) }
  } catch (error) {
    const words = launched.complaints().trim().slice(0, 300)
    return { reason: words || (error as Error).message }
  } finally {
    clearTimeout(timer)
  }
}
