import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { launch } from '#runtime/launcher/launch.js'
import { openCalls } from '#runtime/launcher/probe-calls.js'
import type { WallKind } from '#runtime/launcher/walls.js'

/** What escaped code came to behind one wall. */
export interface Attempts {
  readonly wall: string
  readonly filtered: boolean
  /** `DONE`, or by what it was refused, by what was tried. */
  readonly results: Readonly<Record<string, string>>
  /** Groups of denied system calls that the kernel looked at all the same; none were tried where there is no filter. */
  readonly calls: readonly string[]
}

const DATAGRAM = 'sends a datagram'
const WITHIN_MS = 30_000

/** Lets escaped code try everything behind this wall, against what this process puts within its reach. */
export const attemptsBehind = async (kind: WallKind): Promise<Attempts> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-hostile-'))
  const [markerFile, socketFile, abstractSocket] = [join(folder, 'marker'), join(folder, 'socket'), `\0${folder}`]
  const [tcp, ...others] = [{ host: '127.0.0.1', port: 0 }, { path: socketFile }, { path: abstractSocket }].map(
    (where) => createServer((socket) => socket.destroy()).listen(where),
  )
  const datagrams = createSocket('udp4').bind(0, '127.0.0.1')
  const servers = [tcp!, ...others, datagrams]
  const listening = Promise.all(servers.map((server) => once(server, 'listening')))
  let arrived = false
  datagrams.on('message', () => (arrived = true))
  try {
    // Nothing but the wall is to be in the way.
    await chmod(folder, 0o755)
    await Promise.all([writeFile(markerFile, 'on the host'), listening])
    const port = (tcp!.address() as AddressInfo).port
    const targets = {
      markerFile,
      port,
      udpPort: datagrams.address().port,
      socketFile,
      abstractSocket,
      ownerPid: process.pid,
    }
    const tried = await run(kind, targets)
    await setImmediate()
    const results = { ...tried, [DATAGRAM]: arrived ? 'DONE' : tried[DATAGRAM] === 'DONE' ? 'LOST' : tried[DATAGRAM]! }
    return { wall: kind.name, filtered: kind.filtered, results, calls: kind.filtered ? await openCalls(kind) : [] }
  } finally {
    for (const server of servers) server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const run = async (kind: WallKind, targets: object): Promise<Record<string, string>> => {
  const program = 'scripts/hostile/child/escaped.js'
  const launched = await launch(kind, { program, args: [JSON.stringify(targets)], withoutPermissionModel: true })
  const timer = setTimeout(() => launched.kill(), WITHIN_MS)
  try {
    const [output] = await Promise.all([text(launched.channel), launched.ended])
    if (output === '') throw new Error(`escaped code said nothing: ${launched.complaints().slice(0, 300)}`)
    return JSON.parse(output) as Record<string, string>
  } finally {
    clearTimeout(timer)
  }
}
