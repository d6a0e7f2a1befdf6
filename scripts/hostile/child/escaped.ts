/**
 * Plays code that has escaped V8 and runs as the slot's process does, with Node's own permission model off. Tries each thing
 * by itself, and writes for each whether it succeeded, or by what it was refused.
 */
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { closeSync, linkSync, openSync, readdirSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { connect, createServer, type NetConnectOpts } from 'node:net'
import { networkInterfaces } from 'node:os'

interface Targets {
  readonly markerFile: string
  readonly port: number
  readonly udpPort: number
  readonly socketFile: string
  readonly abstractSocket: string
  readonly ownerPid: number
}
const { markerFile, port, udpPort, socketFile, abstractSocket, ownerPid } = JSON.parse(process.argv[2]!) as Targets

const opens = (path: string, flags = 'r') => closeSync(openSync(path, flags))
const creates = (path: string): void => {
  writeFileSync(path, '', { flag: 'wx' })
  rmSync(path)
}
const connects = (where: NetConnectOpts): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...where, timeout: 1000 })
    socket.on('connect', () => resolve(socket.destroy() && undefined))
    socket.on('error', reject).on('timeout', () => reject(refusal('TIMEOUT')))
  })
const sends = (to: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4').on('error', reject)
    socket.send('hostile', to, '127.0.0.1', (error) => (error ? reject(error) : resolve()))
  })
const listens = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '0.0.0.0', () => resolve())
  })
const begins = (file: string, args: string[]): void => {
  const { error } = spawnSync(file, args)
  if (error) throw error
}
const refusal = (code: string): Error => Object.assign(new Error(code), { code })
const finds = (found: boolean): void => {
  if (!found) throw refusal('NOTHING')
}

const attempts: Readonly<Record<string, () => unknown>> = {
  'reads a file of the host': () => opens(markerFile),
  'reads the accounts of the host': () => opens('/etc/passwd'),
  'reads the environment of the first process': () => opens('/proc/1/environ'),
  'reads its own memory map': () => opens('/proc/self/maps'),
  'writes to its own memory': () => opens('/proc/self/mem', 'r+'),
  'sees other processes': () => finds(readdirSync('/proc').some((name) => Number(name) > 1)),
  'reads what the kernel tells of itself': () => opens('/sys/kernel/notes'),
  'opens a device': () => opens('/dev/mem', 'r+'),
  'climbs out by dots': () => opens(`${'/..'.repeat(20)}${markerFile}`),
  'climbs out by a link': () => {
    symlinkSync('/etc', '/tmp/hostile-link')
    rmSync('/tmp/hostile-link')
  },
  'links a file of the host': () => {
    linkSync(markerFile, `/tmp/hostile-${process.pid}`)
    rmSync(`/tmp/hostile-${process.pid}`)
  },
  'writes at the root': () => creates('/hostile'),
  'writes beside its program': () => creates(`${import.meta.filename}.hostile`),
  'changes its program': () => opens(import.meta.filename, 'r+'),
  'changes Node': () => opens(process.execPath, 'r+'),
  'reads the environment': () => finds(Object.keys(process.env).some((name) => name !== 'PWD')),
  'connects over TCP': () => connects({ host: '127.0.0.1', port }),
  'connects to the internet': () => connects({ host: '1.1.1.1', port: 443 }),
  'sends a datagram': () => sends(udpPort),
  'connects to a Unix socket': () => connects({ path: socketFile }),
  'connects to an abstract socket': () => connects({ path: abstractSocket }),
  listens: () => listens(),
  'sees the networks of the host': () =>
    finds(
      Object.values(networkInterfaces())
        .flat()
        .some((one) => one && !one.internal),
    ),
  'signals its owner': () => process.kill(ownerPid, 0),
  'signals everybody': () => process.kill(-1, 0),
  'begins a shell': () => begins('/bin/sh', ['-c', 'exit 0']),
  'begins Node again': () => begins(process.execPath, ['--version']),
  'changes its groups': () => process.setgroups!([1]),
}

/** Where a datagram went only its receiver knows; see the ground. */
const results: Record<string, string> = {}
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt()
    results[name] = 'DONE'
  } catch (error) {
    results[name] = (error as NodeJS.ErrnoException).code ?? (error as Error).message
  }
}
writeSync(3, JSON.stringify(results))
process.exit(0)
