import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { RuntimeRefusal } from '../errors.js'
import { launch } from './launch.js'
import { openCalls } from './probe-calls.js'
import { ownArchitecture, type CallGroup } from './seccomp/syscalls.js'
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
  | CallGroup

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
 * and leaks raises `WallLeaks` with code `wall.leaks`. What system calls are open counts where a filter is claimed. Node's
 * permission model alone is never claimed to be a wall: its leaks are told, and whoever asks decides.
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
  const sockets = [join(folder, 'socket'), ...(process.platform === 'linux' ? [`\0${folder}`] : [])]
  const servers = [{ host: '127.0.0.1', port: 0 }, ...sockets.map((path) => ({ path }))].map((where) =>
    createServer((socket) => socket.destroy()).listen(where),
  )
  const datagrams = createSocket('udp4').bind(0, '127.0.0.1')
  let arrived = false
  datagrams.on('message', () => (arrived = true))
  try {
    const listening = [...servers, datagrams].map((server) => once(server, 'listening'))
    await Promise.all([writeFile(markerFile, 'on the host'), ...listening])
    const { port } = servers[0]!.address() as AddressInfo
    const targets = { markerFile, port, udpPort: datagrams.address().port, sockets, ownerPid: process.pid }
    const found = await runProbe(kind, targets)
    if ('reason' in found) return found
    // What was sent has been in our socket since before the program ended.
    await setImmediate()
    const calls = kind.filtered ? await leaksOfCalls(kind) : []
    return { leaks: [...new Set([...found.leaks, ...(arrived ? ['network' as const] : []), ...calls])] }
  } catch (error) {
    return { reason: (error as Error).message }
  } finally {
    for (const server of [...servers, datagrams]) server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** There is a prober for x86-64; elsewhere the filter is held by its numbers alone, and by what Node could not do under it. */
const leaksOfCalls = async (kind: WallKind): Promise<Leak[]> =>
  ownArchitecture() === 'x64' ? await openCalls(kind) : []

/** What namespaces leave to a program: to begin further ones of what it sees. */
const LEFT_WITHOUT_FILTER: readonly Leak[] = ['processes']

async function runProbe(kind: WallKind, targets: object): Promise<{ leaks: Leak[] } | { reason: string }> {
  const program = 'runtime/launcher/child/probe.js'
  const starting = launch(kind, { program, args: [JSON.stringify(targets)], withoutPermissionModel: true })
  const launched = await starting.catch((error: Error) => error)
  if (launched instanceof Error) return { reason: launched.message }
  const timer = setTimeout(() => launched.kill(), PROBE_MS)
  try {
    const [output] = await Promise.all([text(launched.channel), launched.ended])
    const tried = JSON.parse(output) as Record<Leak, boolean>
    const claimed = (leak: Leak): boolean =>
      kind.filtered || kind.strength !== 'namespaces' || !LEFT_WITHOUT_FILTER.includes(leak)
    return { leaks: (Object.keys(tried) as Leak[]).filter((leak) => tried[leak] && claimed(leak)) }
  } catch (error) {
    const words = launched.complaints().trim().slice(0, 300)
    return { reason: words || (error as Error).message }
  } finally {
    clearTimeout(timer)
  }
}
