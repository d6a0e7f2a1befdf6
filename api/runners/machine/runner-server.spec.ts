import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createPublicKey } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { monotonicClock } from '../../killswitch/clock.js'
import { TlsFiles, type TlsTexts } from '../../platform/config/tls-files.js'
import { LANE_PATH, LANE_PROTOCOL } from '../channel/lane-frames.js'
import { dial } from '../remote/dial.js'
import { authority, selfSigned, type Issued } from '../testing/certificates.js'
import { platformKeys, TOKEN } from '../testing/remote-ground.js'
import { ArtifactSource } from './artifact-source.js'
import { RunnerServer } from './runner-server.js'
import { Runner } from './runner.js'

const keys = platformKeys()
const lane = { path: LANE_PATH, protocol: LANE_PROTOCOL }
let folder: string
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-tls-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
let faults: string[]
beforeEach(() => void (faults = []))
afterEach(() => close())

/** One side's files with these texts, and how to write them anew. */
const filesWith = async (side: string, texts: TlsTexts) => {
  const write = (part: string, text: string) => writeFile(join(folder, `${side}-${part}.pem`), text)
  const rewrite = async (changed: TlsTexts): Promise<void> => {
    for (const [part, text] of Object.entries(changed)) await write(part, text!)
  }
  await rewrite(texts)
  const named = Object.keys(texts).map((part) => [part, { setting: part, path: join(folder, `${side}-${part}.pem`) }])
  const files = await TlsFiles.open(Object.fromEntries(named), ({ message }) => void faults.push(message))
  return { files, rewrite }
}
/** A runner with these certificates. */
const listen = async (texts: TlsTexts) => {
  const { files, rewrite } = await filesWith('runner', texts)
  const { kind: wall, name } = await detectWall()
  const artifacts = new ArtifactSource([createPublicKey(keys.glue)])
  const slots = new SlotPool({ size: 1, spares: 0, wall, readArtifact: ({ digest }) => artifacts.obtain(digest) })
  const server = await RunnerServer.listen({ host: '127.0.0.1', port: 0, tls: files }, () => runner)
  const url = `https://localhost:${server.port}`
  const runner = new Runner({
    ...{ address: url, token: TOKEN, orderKeys: [createPublicKey(keys.orders)], slots, artifacts, wall: name },
    ...{ clock: monotonicClock, onFault: () => undefined },
  })
  close = async () => {
    await runner.close()
    await server.close()
  }
  return { url, port: server.port, instance: runner.instance, rewrite, reload: server.reload }
}
const own = ({ cert, key }: Issued): TlsTexts => ({ cert, key })
/** Asks for a lane as a service that has these certificates. */
const reach = async (url: string, texts: TlsTexts) => {
  const { files: tls } = await filesWith('service', texts)
  const { stream, instance } = await dial({ url, token: TOKEN, tls }, lane)
  stream.destroy()
  return instance
}

describe('a runner over TLS', () => {
  it('is reached where its certificate is vouched for', async () => {
    const issued = selfSigned('localhost')
    const { url, instance } = await listen(own(issued))
    expect(await reach(url, { ca: issued.cert })).toBe(instance)
  })

  it('is not believed where nobody vouches for it, or for another name', async () => {
    const { url } = await listen(own(selfSigned('localhost')))
    await expect(dial({ url, token: TOKEN }, lane)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    await expect(reach(url, { ca: selfSigned('localhost').cert })).rejects.toThrow()
    await close()
    const elsewhere = selfSigned('elsewhere.example')
    const other = await listen(own(elsewhere))
    await expect(reach(other.url, { ca: elsewhere.cert })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  it('gives nothing away in plain text', async () => {
    const { port } = await listen(own(selfSigned('localhost')))
    await expect(dial({ url: `http://127.0.0.1:${port}`, token: TOKEN }, lane)).rejects.toThrow()
  })

  it('takes a certificate that was renewed, and one that is half written does nothing', async () => {
    const [before, after] = [selfSigned('localhost'), selfSigned('localhost')]
    const { url, instance, rewrite, reload } = await listen(own(before))
    await rewrite({ cert: after.cert })
    await reload()
    await reload()
    expect(faults).toEqual([expect.stringMatching(/^key: .* is not the key of the certificate/)])
    expect(await reach(url, { ca: before.cert })).toBe(instance)
    await rewrite({ key: after.key })
    await reload()
    expect(await reach(url, { ca: after.cert })).toBe(instance)
    await expect(reach(url, { ca: before.cert })).rejects.toThrow()
  })
})

describe('a runner that wants to see certificates', () => {
  const [runners, services] = [authority('runners'), authority('services')]
  const service = services.issue('gatehouse.example')
  const start = () => listen({ ...own(runners.issue('localhost')), ca: services.cert })

  it('listens to services that its authority vouches for, and to no others, though they have the token', async () => {
    const { url, instance } = await start()
    expect(await reach(url, { ...own(service), ca: runners.cert })).toBe(instance)
    await expect(reach(url, { ca: runners.cert })).rejects.toThrow('answered 403')
    await expect(reach(url, { ...own(selfSigned('gatehouse.example')), ca: runners.cert })).rejects.toThrow('403')
    await expect(reach(url, { ...own(runners.issue('runner-1')), ca: runners.cert })).rejects.toThrow('403')
  })

  it('tells whoever watches the machine how it stands', async () => {
    const { url } = await start()
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${url}/readyz`, { ca: runners.cert, agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asked.on('error', reject).end()
    })
    expect(status).toBe(200)
  })

  it('takes over authorities that have changed', async () => {
    const { url, instance, rewrite, reload } = await start()
    const others = authority('services of tomorrow')
    const next = { ...own(others.issue('gatehouse.example')), ca: runners.cert }
    await expect(reach(url, next)).rejects.toThrow('403')
    await rewrite({ ca: services.cert + others.cert })
    await reload()
    expect(await reach(url, next)).toBe(instance)
    await rewrite({ ca: others.cert })
    await reload()
    expect(await reach(url, next)).toBe(instance)
    await expect(reach(url, { ...own(service), ca: runners.cert })).rejects.toThrow('403')
  })

  it('has nobody come in by a session of before', async () => {
    const { port } = await start()
    const options = { port, host: '127.0.0.1', servername: 'localhost', ca: runners.cert, ...own(service) }
    const session = await new Promise<Buffer>((resolve, reject) => {
      const first = connect(options, () => first.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n'))
      first.once('session', (ticket) => (first.destroy(), resolve(ticket)))
      first.once('error', reject).resume()
    })
    const { cert: _cert, key: _key, ...bare } = options
    const said = await new Promise<string>((resolve, reject) => {
      const second: TLSSocket = connect({ ...bare, session }, () => {
        expect(second.isSessionReused()).toBe(true)
        second.write(
          `POST ${LANE_PATH} HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: ${LANE_PROTOCOL}\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`,
        )
      })
      second.once('data', (chunk: Buffer) => (second.destroy(), resolve(chunk.toString())))
      second.once('error', reject)
    })
    expect(said).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('sees what a service that renewed its certificate shows from then on', async () => {
    const { url, rewrite, reload } = await start()
    const { files: tls, rewrite: renew } = await filesWith('service', { ...own(service), ca: runners.cert })
    const others = authority('services of tomorrow')
    await rewrite({ ca: others.cert })
    await reload()
    await expect(dial({ url, token: TOKEN, tls }, lane)).rejects.toThrow('403')
    await renew(own(others.issue('gatehouse.example')))
    const { stream } = await dial({ url, token: TOKEN, tls }, lane)
    stream.destroy()
  })
})
