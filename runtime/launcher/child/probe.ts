/**
 * Plays code that has escaped V8: runs behind a wall with Node's permission model off, tries what it must not be able to do,
 * and writes down what succeeded. What only bare system calls can try, an executable tries (`seccomp/prober.ts`).
 */
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { closeSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { connect, type NetConnectOpts } from 'node:net'

interface Targets {
  readonly markerFile: string
  readonly port: number
  readonly udpPort: number
  /** Addresses of Unix sockets: one in a folder, one that is nowhere (abstract). */
  readonly sockets: readonly string[]
  readonly ownerPid: number
}

const OWNER_DESCRIPTOR = 3
const CONNECT_MS = 1000
/** What only the host has; `/proc/self` would show where things are. */
const HOST_FILES = ['/etc/passwd', '/proc/self/maps', '/proc/1/environ', '/sys/kernel/notes', '/dev/kmsg', '/dev/mem']

function succeeds(attempt: () => unknown): boolean {
  try {
    return attempt() !== false
  } catch {
    return false
  }
}

/** Opened and not read: some of them have no end. */
const opens = (path: string, flags: string): boolean => succeeds(() => closeSync(openSync(path, flags)))

const creates = (path: string): boolean => {
  const created = succeeds(() => writeFileSync(path, '', { flag: 'wx' }))
  if (created) rmSync(path)
  return created
}

const connects = (where: NetConnectOpts): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ ...where, timeout: CONNECT_MS })
    const end = (connected: boolean) => () => {
      socket.destroy()
      resolve(connected)
    }
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false))
  })

/** Ends once a datagram for the host was sent, or could not be; whether it got there the host sees. */
const send = (port: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.on('error', () => resolve())
    socket.send('probe', port, '127.0.0.1', () => resolve())
  })

const targets = JSON.parse(process.argv[2]!) as Targets
const reached = await Promise.all([
  connects({ host: '127.0.0.1', port: targets.port }),
  ...targets.sockets.map((path) => connects({ path })),
])
await send(targets.udpPort)
const leaks = {
  host_files: [targets.markerFile, ...HOST_FILES].some((path) => opens(path, 'r')),
  writable_files:
    ['/gatehouse-probe', '/tmp/gatehouse-probe', `${import.meta.filename}.x`].some(creates) ||
    opens(import.meta.filename, 'r+'),
  other_processes: succeeds(() =>
    readdirSync('/proc').some((name) => Number(name) > 1 && name !== String(process.pid)),
  ),
  signals: [targets.ownerPid, -1].some((pid) => succeeds(() => process.kill(pid, 0))),
  // bwrap sets PWD to where it starts us.
  environment: Object.entries(process.env).some(([name, value]) => name !== 'PWD' || value !== '/'),
  shell: succeeds(() => spawnSync('/bin/sh', ['-c', 'exit 0']).error === undefined),
  privileges: succeeds(() => process.setgroups!([1])),
  network: reached.includes(true),
  processes: succeeds(() => spawnSync(process.execPath, ['--version']).error === undefined),
}
writeSync(OWNER_DESCRIPTOR, JSON.stringify(leaks))
// A socket that is left open, or could not be made, would keep us.
process.exit(0)
