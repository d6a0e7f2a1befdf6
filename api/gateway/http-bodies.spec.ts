import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HttpBodies } from './http-bodies.js'

const MIB = 1024 * 1024
const LIMITS = { request_bytes: 128 * MIB, response_bytes: 128 * MIB }
/** More than any socket of the system takes by itself. */
const MUCH = 32 * MIB
const SENT = 8 * MIB

describe('the bodies of a call over HTTP', () => {
  let server: Server
  let client: Socket
  let bodies: HttpBodies

  beforeEach(async () => {
    server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
    client.on('error', () => undefined)
    client.write(`POST / HTTP/1.1\r\nhost: here\r\ncontent-length: ${SENT}\r\n\r\n`)
    const [body, out] = (await once(server, 'request')) as [IncomingMessage, ServerResponse]
    bodies = new HttpBodies({ stream: 'both', limits: LIMITS, body, out })
  })
  afterEach(() => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  })

  /** An answer larger than what the connection takes, and whether it is still waited for. */
  const answerMuch = () => {
    bodies.start(200, [])
    bodies.write(Buffer.alloc(MUCH))
    const waiting = { over: false }
    return { waiting, drained: bodies.drained().then(() => void (waiting.over = true)) }
  }

  it('have room again once the reader has taken what was written, and not before', async () => {
    const { waiting, drained } = answerMuch()
    while (client.read() === null) await once(client, 'readable')
    for (let turn = 0; turn < 100; turn++) await setImmediate()
    expect(waiting.over).toBe(false)
    expect(bodies.waiting).toBeGreaterThan(MUCH / 2)
    client.resume()
    await drained
    expect(bodies.waiting).toBeLessThan(MIB)
  })

  it('keep nobody waiting once the reader has gone', async () => {
    const { waiting, drained } = answerMuch()
    await setImmediate()
    expect(waiting.over).toBe(false)
    client.destroy()
    await Promise.all([drained, bodies.gone])
  })

  it('take of a request no more than they are asked for', async () => {
    const sent = new Promise<void>((resolve) => client.write(Buffer.alloc(SENT), () => resolve()))
    let read = (await bodies.read(1000)).length
    expect(read).toBe(1000)
    for (let turn = 0; turn < 100; turn++) await setImmediate()
    expect(bodies.waiting).toBeLessThan(MIB)
    for (let more = read; more > 0; read += more) more = (await bodies.read(65_536)).length
    await sent
    expect(read).toBe(SENT)
  })
})
