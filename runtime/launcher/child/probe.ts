/**
 * Plays code that has escaped V8: runs behind a wall with Node's permission model off, tries what it must not be able to do,
 * and writes down what succeeded.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'

interface Targets {
  readonly markerFile: string
  readonly port: number
  readonly ownerPid: number
}

const OWNER_DESCRIPTOR = 3
const CONNECT_MS = 1000

function succeeds(attempt: () => unknown): boolean {
  try {
    return attempt() !== false
  } catch {
    return false
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_MS })
    const end = (connected: boolean) => () => {
      socket.destroy()
      resolve(connected)
    }
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false))
  })
}

const targets = JSON.parse(process.argv[2]!) as Targets
const leaks = {
  host_files: succeeds(() => readFileSync(targets.markerFile)) || succeeds(() => readFileSync('/etc/passwd')),
  writable_files:
    succeeds(() => writeFileSync('/gatehouse-probe', '')) ||
    succeeds(() => writeFileSync(import.meta.filename + '.x', '')),
  other_processes: succeeds(() =>
    readdirSync('/proc').some((name) => Number(name) > 1 && name !== String(process.pid)),
  ),
  signals: succeeds(() => process.kill(targets.ownerPid, 0)),
  // bwrap sets PWD to where it starts us.
  environment: Object.entries(process.env).some(([name, value]) => name !== 'PWD' || value !== '/'),
  shell: succeeds(() => spawnSync('/bin/sh', ['-c', 'exit 0']).error === undefined),
  privileges: succeeds(() => process.setgroups!([1])),
  network: await connects(targets.port),
}
writeSync(OWNER_DESCRIPTOR, JSON.stringify(leaks))
