import { afterEach, describe, expect, it } from '@jest/globals'
import { createPublicKey } from 'node:crypto'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { monotonicClock } from '../../killswitch/clock.js'
import { LANE_PATH, LANE_PROTOCOL } from '../channel/lane-frames.js'
import { dial } from '../remote/dial.js'
import { platformKeys, TOKEN } from '../testing/remote-ground.js'
import { selfSigned } from '../testing/self-signed.js'
import { ArtifactSource } from './artifact-source.js'
import { RunnerServer } from './runner-server.js'
import { Runner } from './runner.js'

const keys = platformKeys()
const lane = { path: LANE_PATH, protocol: LANE_PROTOCOL }
let close = async (): Promise<void> => undefined
afterEach(() => close())

/** A runner behind a certificate for `host`. */
const listen = async (host: string) => {
  const tls = selfSigned(host)
  const { kind: wall, name } = await detectWall()
  const artifacts = new ArtifactSource([createPublicKey(keys.glue)])
  const slots = new SlotPool({ size: 1, spares: 0, wall, readArtifact: ({ digest }) => artifacts.obtain(digest) })
  const server = await RunnerServer.listen({ host: '127.0.0.1', port: 0, tls }, () => runner)
  const url = `https://localhost:${server.port}`
  const runner = new Runner({
    ...{ address: url, token: TOKEN, orderKeys: [createPublicKey(keys.orders)], slots, artifacts, wall: name },
    ...{ clock: monotonicClock, onFault: () => undefined },
  })
  close = async () => {
    await runner.close()
    await server.close()
  }
  return { url, ca: tls.cert, port: server.port, instance: runner.instance }
}

describe('a runner over TLS', () => {
  it('is reached where its certificate is vouched for', async () => {
    const { url, ca, instance } = await listen('localhost')
    const { stream, instance: named } = await dial({ url, token: TOKEN, ca }, lane)
    expect(named).toBe(instance)
    stream.destroy()
  })

  it('is not believed where nobody vouches for it, or for another name', async () => {
    const { url } = await listen('localhost')
    await expect(dial({ url, token: TOKEN }, lane)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    await expect(dial({ url, token: TOKEN, ca: selfSigned('localhost').cert }, lane)).rejects.toThrow()
    await close()
    const other = await listen('elsewhere.example')
    await expect(dial({ ...other, token: TOKEN }, lane)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  it('gives nothing away in plain text', async () => {
    const { port } = await listen('localhost')
    await expect(dial({ url: `http://127.0.0.1:${port}`, token: TOKEN }, lane)).rejects.toThrow()
  })
})
