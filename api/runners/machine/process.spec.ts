import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { Artifact } from '#runtime/admission/artifact.js'
import { packageRoot } from '#runtime/package-root.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource, HostFake, jobFor } from '#runtime/testing/slot-fixture.js'
import { freePort } from '../../platform/embedded/free-port.js'
import { selfSigned, type Issued } from '../testing/certificates.js'
import { liveKills, platformKeys, reachRunners, TOKEN } from '../testing/remote-ground.js'

const PROGRAM = join(packageRoot(), 'dist/api/runners/machine/main.js')
const keys = platformKeys()
let folder: string
let settings: Record<string, string>
let versatile: Artifact

const publicFile = async (name: string, key: KeyObject): Promise<string> => {
  const file = join(folder, name)
  await writeFile(file, createPublicKey(key).export({ type: 'spki', format: 'pem' }))
  return file
}
const start = (changes: Record<string, string> = {}, args: string[] = []) => {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env['PATH'], ...settings, ...changes },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  return { child, said }
}
const refusal = async (changes: Record<string, string>): Promise<string> => {
  const { child, said } = start(changes, ['--check-config'])
  await once(child, 'close')
  return `${child.exitCode} ${said.err || said.out}`
}
const listening = async ({
  child,
  said,
}: {
  child: ChildProcess
  said: { out: string; err: string }
}): Promise<string> => {
  for (;;) {
    const found = /Runner (\S+) listens, behind (\S+)\./.exec(said.out)
    if (found) return found[1]!
    if (child.exitCode !== null) throw new Error(said.err)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  }
}

/** Fingerprint of the certificate that is shown at a port. */
const shownAt = async (port: number): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-runner-'))
  settings = {
    ...{ PORT: '0', GATEHOUSE_SLOTS: '2', RUNNER_TOKEN: TOKEN, LOG_LEVEL: 'warn' },
    RUNNER_ORDER_KEYS: await publicFile('orders.pem', keys.orders),
    RUNNER_GLUE_KEYS: await publicFile('glue.pem', keys.glue),
  }
  versatile = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('gatehouse runner', () => {
  it('runs calls, tells how it stands, and after SIGTERM ends with them', async () => {
    const started = start()
    const url = await listening(started)
    const { slots, until } = reachRunners([{ address: { url, token: TOKEN } }], {
      ...{ keys, kill: liveKills(), artifacts: () => [versatile] },
    })
    await until('ready')
    expect((await slots.execute(jobFor(versatile, '/count'), new HostFake())).outcome).toBe('ok')
    const ask = async (path: string) => {
      const response = await fetch(url + path)
      return [response.status, await response.text()] as const
    }
    const [status, body] = await ask('/readyz')
    expect([status, JSON.parse(body)]).toMatchObject([200, { status: 'ok', size: 2, kill_list: { heard: true } }])
    expect((JSON.parse(body) as { wall: string }).wall).toMatch(/bwrap|unshare|permission-only/)
    expect((await ask('/healthz'))[0]).toBe(200)
    expect((await ask('/metrics'))[1]).toContain('gatehouse_runner_calls_total{outcome="ok"} 1')

    const host = new HostFake()
    let answer = (): void => undefined
    const begun = new Promise<void>((resolve) => (host.onCall = () => resolve()))
    host.store.set('a', Buffer.from('x'))
    host.call = async () => (
      host.onCall('kv.get'),
      await new Promise<void>((resolve) => (answer = resolve)),
      { ok: null }
    )
    const last = slots.execute(jobFor(versatile, '/wait'), host)
    await begun
    const ended = once(started.child, 'exit')
    started.child.kill('SIGTERM')
    await until('draining')
    expect((await ask('/readyz'))[0]).toBe(503)
    answer()
    expect((await last).outcome).toBe('ok')
    expect(await ended).toEqual([0, null])
    await slots.close()
  }, 60_000)

  it('shows a certificate that was renewed, without a restart', async () => {
    const [before, after] = [selfSigned('localhost'), selfSigned('localhost')]
    const [RUNNER_TLS_CERT, RUNNER_TLS_KEY] = [join(folder, 'renewed.crt'), join(folder, 'renewed.key')]
    const write = async ({ cert, key }: Issued) => {
      await writeFile(RUNNER_TLS_CERT, cert)
      await writeFile(RUNNER_TLS_KEY, key)
    }
    await write(before)
    const port = await freePort()
    const RUNNER_URL = `https://localhost:${port}`
    const started = start({ PORT: String(port), RUNNER_URL, RUNNER_TLS_CERT, RUNNER_TLS_KEY })
    await listening(started)
    expect(await shownAt(port)).toBe(new X509Certificate(before.cert).fingerprint256)
    await write(after)
    const renewed = new X509Certificate(after.cert).fingerprint256
    while ((await shownAt(port)) !== renewed) await new Promise(setImmediate)
    started.child.kill('SIGTERM')
    expect(await once(started.child, 'exit')).toEqual([0, null])
  }, 60_000)

  it('names each setting that is wrong or missing, and what to do', async () => {
    expect(await refusal({})).toMatch(/^0 .*complete/)
    expect(await refusal({ RUNNER_TOKEN: '' })).toMatch(/^1 [^]*RUNNER_TOKEN: is missing/)
    expect(await refusal({ RUNNER_GLUE_KEYS: '/nowhere.pem' })).toMatch(
      /RUNNER_GLUE_KEYS: \/nowhere.pem cannot be read/,
    )
    expect(await refusal({ HOST: '0.0.0.0' })).toMatch(
      /RUNNER_TLS_CERT: is missing: on 0.0.0.0 a runner speaks TLS only/,
    )
    const secret = join(folder, 'private.pem')
    await writeFile(secret, keys.orders.export({ type: 'pkcs8', format: 'pem' }))
    const RUNNER_TLS_CERT = join(folder, 'tls.crt')
    await writeFile(RUNNER_TLS_CERT, selfSigned('localhost').cert)
    const tls = { RUNNER_URL: 'https://localhost:4000', RUNNER_TLS_CERT }
    expect(await refusal(tls)).toMatch(/^1 [^]*RUNNER_TLS_KEY: is missing/)
    expect(await refusal({ ...tls, RUNNER_TLS_KEY: secret })).toMatch(/RUNNER_TLS_KEY: .* is not the key of/)
    expect(await refusal({ RUNNER_CLIENT_CA: RUNNER_TLS_CERT })).toMatch(/RUNNER_TLS_CERT: is missing: without TLS/)
    expect(await refusal({ ...tls, RUNNER_CLIENT_CA: secret })).toMatch(/RUNNER_CLIENT_CA: .* one or more certificates/)
    expect(await refusal({ RUNNER_ORDER_KEYS: secret })).toMatch(/RUNNER_ORDER_KEYS: .*no private one/)
  }, 60_000)
})
