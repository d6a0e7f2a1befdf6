import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { generateKeyPairSync } from 'node:crypto'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Artifact } from '#runtime/admission/artifact.js'
import { encodeFrame } from '#runtime/slots/child/channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import { FrameStream } from '#runtime/slots/frame-stream.js'
import type { Streaming } from '#runtime/slots/body-port.js'
import type { Job } from '#runtime/slots/job.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource, HostFake, jobFor } from '#runtime/testing/slot-fixture.js'
import { BodiesFake } from '#runtime/testing/streaming.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { jobBytes } from './channel/job-bytes.js'
import { INSTANCE_HEADER, LANE_PATH, LANE_PROTOCOL, LaneFrame, MAX_TO_RUNNER_BYTES } from './channel/lane-frames.js'
import { signOrder } from './channel/order.js'
import { WATCH_PATH, WATCH_PROTOCOL, WatchFrame } from './channel/watch-frames.js'
import { dial, type Address } from './remote/dial.js'
import type { RemoteSlots } from './remote/remote-slots.js'
import { closingAfterEach } from './testing/closing.js'
import {
  liveKills,
  platformKeys,
  reachRunners,
  startRunner,
  TOKEN,
  type RunnerGround,
} from './testing/remote-ground.js'

// Each test starts runners of its own, with processes of their own.
jest.setTimeout(60_000)

let versatile: Artifact
beforeAll(async () => {
  versatile = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
}, 60_000)
const closing = closingAfterEach()

describe('a runner under attack', () => {
  const keys = platformKeys()
  let ground: RunnerGround
  let slots: RemoteSlots
  let kill: KillState

  /** A runner that follows orders of one API, and is held against it by others. */
  const begin = async (): Promise<void> => {
    kill = liveKills()
    ground = closing(await startRunner(keys))
    const reached = reachRunners([ground], { keys, kill, artifacts: () => [versatile] })
    slots = closing(reached.slots)
    await reached.until('ready')
    expect((await slots.execute(jobFor(versatile, '/count'), new HostFake())).outcome).toBe('ok')
  }
  /** A lane of somebody who has the token, and what the runner says on it; null once it is cut. */
  const lane = async () => {
    const { stream, instance } = await dial(ground.address, { path: LANE_PATH, protocol: LANE_PROTOCOL })
    closing({ close: () => stream.destroy() })
    const said: { kind: number; value: WireValue }[] = []
    const waiting: (() => void)[] = []
    const tell = () => waiting.splice(0).forEach((each) => each())
    const frames = new FrameStream(stream, { onFrame: (frame) => (said.push(frame), tell()), onBroken: tell })
    frames.maxBytes = 1 << 24
    stream.on('close', tell)
    const next = async () => {
      while (said.length === 0 && !stream.destroyed) await new Promise<void>((resolve) => waiting.push(resolve))
      return said.shift() ?? null
    }
    return { stream, instance, frames, next }
  }
  const orderOf = (job: Job, instance: string, changes: object = {}) => {
    const bytes = jobBytes(job)
    const target = { runner: ground.address.url, instance, epoch: 0n, key: keys.orders, ...changes }
    return { order: signOrder(job, bytes, target), job: bytes }
  }
  const refusalTo = async (order: (instance: string) => { order: string; job: Uint8Array }) => {
    const { instance, frames, next } = await lane()
    frames.send(LaneFrame.order, order(instance))
    const { kind, value } = (await next())!
    expect(kind).toBe(LaneFrame.refused)
    return (value as { code: string }).code
  }
  const status = (path: string, headers: object, method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const request = httpRequest(new URL(path, ground.address.url), { method, headers: { ...headers } })
      request.on('upgrade', (_, stream) => (stream.destroy(), resolve(101)))
      request.on('response', (response) => (response.resume(), resolve(response.statusCode!)))
      request.on('error', reject).end()
    })

  it('listens to nobody without the token, and to no other protocol', async () => {
    await begin()
    const upgrade = { connection: 'Upgrade', upgrade: LANE_PROTOCOL }
    const authorization = `Bearer ${TOKEN}`
    expect(await status(LANE_PATH, { ...upgrade, authorization })).toBe(101)
    expect(await status(LANE_PATH, upgrade)).toBe(401)
    expect(await status(LANE_PATH, { ...upgrade, authorization: `${authorization}x` })).toBe(401)
    expect(await status(LANE_PATH, { ...upgrade, authorization, upgrade: 'websocket' })).toBe(404)
    expect(await status('/v1/other', { ...upgrade, authorization })).toBe(404)
    expect(await status(LANE_PATH, { ...upgrade, authorization }, 'GET')).toBe(404)
    expect(await status(LANE_PATH, { authorization })).toBe(426)
  })

  it('follows no order that is forged, given before, for another runner, or for another job', async () => {
    await begin()
    const job = jobFor(versatile, '/count')
    const key = generateKeyPairSync('ed25519').privateKey
    expect(await refusalTo((instance) => orderOf(job, instance, { key }))).toBe('signature.bad')
    expect(await refusalTo((instance) => orderOf(job, instance, { runner: 'https://runner-1:4000' }))).toBe(
      'order.elsewhere',
    )
    expect(await refusalTo(() => orderOf(job, 'the run before'))).toBe('order.elsewhere')
    const other = jobBytes({ ...job, tenantId: 'globex' })
    expect(await refusalTo((instance) => ({ ...orderOf(job, instance), job: other }))).toBe('order.altered')
    const { frames, next, instance } = await lane()
    const order = orderOf(job, instance)
    frames.send(LaneFrame.order, order)
    expect((await next())?.kind).toBe(LaneFrame.accepted)
    expect(await refusalTo(() => order)).toBe('order.replayed')
    expect(ground.faults).toHaveLength(5)
    expect((await slots.execute(job, new HostFake())).outcome).toBe('ok')
  })

  it('runs no job of one organisation under the order of another, though both are signed', async () => {
    await begin()
    const job = jobFor(versatile, '/count')
    const bytes = jobBytes({ ...job, tenantId: 'globex' })
    const order = (instance: string) =>
      signOrder(job, bytes, { runner: ground.address.url, instance, epoch: 0n, key: keys.orders })
    expect(await refusalTo((instance) => ({ order: order(instance), job: bytes }))).toBe('order.altered')
  })

  it.each<[string, (frames: FrameStream, instance: string, stream: Socket) => void]>([
    ['an answer that nobody asked for', (frames) => frames.send(LaneFrame.reply, { ok: null })],
    ['a frame that is none', (frames) => frames.send(99, null)],
    ['an order that is none', (frames) => frames.send(LaneFrame.order, { order: 1 })],
    ['a frame that is too large', (_frames, _instance, stream) => stream.write(tooLarge())],
    ['bytes that are no value', (_frames, _instance, stream) => stream.write(Buffer.from([0, 0, 0, 1, 1, 99]))],
    [
      'a second order while one runs',
      (frames, instance) => {
        frames.send(LaneFrame.order, orderOf(jobFor(versatile, '/wait'), instance))
        frames.send(LaneFrame.order, orderOf(jobFor(versatile, '/count'), instance))
      },
    ],
  ])('cuts a lane for %s, and nobody else', async (_, send) => {
    await begin()
    const { frames, instance, stream, next } = await lane()
    send(frames, instance, stream)
    let said = await next()
    while (said !== null) said = await next()
    expect(stream.destroyed).toBe(true)
    expect((await slots.execute(jobFor(versatile, '/count'), new HostFake())).outcome).toBe('ok')
  })

  it('takes no kill list that is forged, an answer to nothing, or for another', async () => {
    await begin()
    const { stream } = await dial(ground.address, { path: WATCH_PATH, protocol: WATCH_PROTOCOL })
    const cut = new Promise((resolve) => stream.once('close', resolve))
    stream.resume()
    stream.write(encodeFrame(WatchFrame.list, 'a.b.c'))
    await cut
    expect(ground.faults).toMatchObject([{ code: 'signature.bad' }])
  })

  it('gets an artifact from nobody who has another under its name', async () => {
    await begin()
    const { frames, instance, next } = await lane()
    const unknown = { digest: `sha256:${'1'.repeat(64)}`, folder: '' }
    frames.send(LaneFrame.order, orderOf(jobFor(versatile, '/count', { artifact: unknown }), instance))
    expect((await next())?.kind).toBe(LaneFrame.accepted)
    expect(await next()).toMatchObject({ kind: LaneFrame.wantFile, value: { file: 'admission.sig' } })
    frames.send(LaneFrame.file, { bytes: new Uint8Array(64) })
    expect(await next()).toMatchObject({ kind: LaneFrame.refused, value: { code: 'artifact.signature_bad' } })
  })
})

/** The header alone of a frame that is larger than any may be. */
const tooLarge = (): Buffer => {
  const header = Buffer.alloc(5)
  header.writeUInt32BE(MAX_TO_RUNNER_BYTES + 1, 0)
  header[4] = LaneFrame.order
  return header
}

const HOST_CALL = [LaneFrame.hostCall, { name: 'kv.get', args: { key: 'a' } }] as const
const DRAINING = { code: 'runner.draining', message: '' }

describe('a runner that is somebody else by now', () => {
  const keys = platformKeys()
  type Say = (kind: number, value: WireValue) => void
  /** What it does with an order. */
  let onOrder: (say: Say, stream: Socket) => void

  /** Speaks the protocol, and says on it what it likes. */
  const impostor = async (): Promise<{ address: Address; asked: { kind: number; value: WireValue }[] }> => {
    const asked: { kind: number; value: WireValue }[] = []
    const sockets = new Set<Socket>()
    const server: Server = createServer()
    server.on('upgrade', (request, stream) => {
      const socket = stream as Socket
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${request.headers.upgrade}\r\n${INSTANCE_HEADER}: mine\r\n\r\n`,
      )
      const say: Say = (kind, value) => void socket.write(encodeFrame(kind, value))
      const frames = new FrameStream(socket, {
        onFrame: (frame) => {
          if (frame.kind === LaneFrame.order && request.url === LANE_PATH) onOrder(say, socket)
          else if (request.url === LANE_PATH) asked.push(frame)
        },
        onBroken: () => undefined,
      })
      frames.maxBytes = 1 << 24
      if (request.url !== WATCH_PATH) return
      const none = { size: 1, members: 0, busy: 0, blank: 0, waiting: 0, running: 0 }
      const beat = () => say(WatchFrame.beat, { challenge: 'c', ...none, draining: false, wall: 'bwrap+seccomp' })
      const timer = setInterval(beat, 100)
      socket.on('close', () => clearInterval(timer))
      beat()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing({
      close: () => {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    })
    return { address: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: TOKEN }, asked }
  }
  const against = async (bodies?: BodiesFake, host = new HostFake()) => {
    const { address, asked } = await impostor()
    const reached = reachRunners([{ address }], { keys, kill: liveKills(), artifacts: () => [versatile] })
    closing(reached.slots)
    await reached.until('ready')
    const result = await reached.slots.execute(jobFor(versatile, '/count', bodies && { bodies }), host)
    return { result, host, asked }
  }
  const usage = { fuel: 1, memory_bytes: 1, wall_ms: 1, output_bytes: 1 }
  const answer = { status: 200, headers: [], body: Buffer.from('mine') }

  it.each<[string, (say: Say) => void]>([
    ['answers before it took the order', (say) => say(LaneFrame.result, { outcome: 'ok', response: answer, usage })],
    [
      'asks for a host call before it took the order',
      (say) => say(LaneFrame.hostCall, { name: 'kv.get', args: { key: 'a' } }),
    ],
    ['says something that is no frame', (say) => (say(LaneFrame.accepted, null), say(99, null))],
    [
      'says it went well without an answer',
      (say) => (say(LaneFrame.accepted, null), say(LaneFrame.result, { outcome: 'ok', usage })),
    ],
    [
      'refuses what has begun',
      (say) => {
        say(LaneFrame.accepted, null)
        say(LaneFrame.posted, { name: 'log.write', args: {} })
        say(LaneFrame.refused, { code: 'runner.draining', message: '' })
      },
    ],
    [
      'wants files that no artifact has',
      (say) => (say(LaneFrame.accepted, null), say(LaneFrame.wantFile, { file: '../../keys/glue.pem' })),
    ],
    [
      'asks for two host calls at once',
      (say) => {
        say(LaneFrame.accepted, null)
        say(LaneFrame.hostCall, { name: 'kv.get', args: { key: 'never' } })
        say(LaneFrame.hostCall, { name: 'kv.get', args: { key: 'never' } })
      },
    ],
  ])('is cut where it %s', async (_, say) => {
    onOrder = say
    const { result, host, asked } = await against()
    expect(result.outcome).toBe('crashed')
    expect(host.asked.length).toBeLessThanOrEqual(1)
    expect(asked.filter(({ kind }) => kind === LaneFrame.file)).toEqual([])
  })

  const begin = (say: Say) => say(LaneFrame.begin, { status: 200, headers: [] })
  const piece = (say: Say, size = 4) => say(LaneFrame.piece, { bytes: Buffer.alloc(size) })
  const pull = (say: Say) => say(LaneFrame.pull, { max: 10, usage: { fuel: 1, memory_bytes: 1 } })
  const room = (say: Say) => say(LaneFrame.room, { usage: { fuel: 1, memory_bytes: 1 } })

  it.each<[string, Streaming | undefined, (say: Say) => void, number]>([
    ['sends pieces of an answer that goes whole', undefined, (say) => (begin(say), piece(say)), 0],
    ['sends a piece before it has begun', 'both', piece, 0],
    ['begins an answer twice', 'both', (say) => (begin(say), piece(say), begin(say)), 4],
    ['begins an answer where the request alone goes so', 'request', begin, 0],
    ['wants a request that it has whole', 'response', pull, 0],
    ['asks for two things at once', 'both', (say) => (pull(say), room(say)), 0],
    ['asks for a host call while it waits for bytes', 'both', (say) => (pull(say), say(...HOST_CALL)), 0],
    ['sends more than its credit', 'both', (say) => (begin(say), [1, 2, 3].forEach(() => piece(say, 65_536))), 131_072],
    ['sends a piece that is larger than any', 'both', (say) => (begin(say), piece(say, 65_537)), 0],
    ['refuses what has begun to answer', 'both', (say) => (begin(say), say(LaneFrame.refused, DRAINING)), 0],
    ['refuses what has asked for its request', 'both', (say) => (pull(say), say(LaneFrame.refused, DRAINING)), 0],
  ])('is cut where it %s', async (_, stream, say, passedOn) => {
    onOrder = (tell) => (tell(LaneFrame.accepted, null), say(tell))
    const bodies = new BodiesFake(stream ?? 'both')
    bodies.next = () => new Promise(() => undefined)
    const { result, host } = await against(stream && bodies)
    expect([result.outcome, host.asked, bodies.writtenBytes]).toEqual(['crashed', [], passedOn])
  })

  it('is believed in what was sent, not in what it says of it afterwards', async () => {
    onOrder = (say) => {
      say(LaneFrame.accepted, null)
      begin(say)
      piece(say)
      const large = { ...answer, status: 500, body: Buffer.alloc(2 << 20) }
      say(LaneFrame.result, { outcome: 'ok', response: large, usage })
    }
    const { result } = await against(new BodiesFake('response'))
    expect(result).toMatchObject({ outcome: 'ok', response: { status: 200 }, streamed: { outputBytes: 4 } })
    expect([result.response!.body.length, result.usage.output_bytes]).toEqual([0, 4])
  })

  it('is stopped at one host call too many, and at an answer that is too large', async () => {
    onOrder = (say) => {
      say(LaneFrame.accepted, null)
      for (let more = 0; more <= 20; more++) say(LaneFrame.posted, { name: 'log.write', args: {} })
    }
    const flood = await against()
    expect([flood.result.outcome, flood.host.posted.length]).toEqual(['host_calls_exhausted', 20])
    onOrder = (say) => {
      say(LaneFrame.accepted, null)
      say(LaneFrame.result, { outcome: 'ok', response: { ...answer, body: Buffer.alloc(2 << 20) }, usage })
    }
    expect((await against()).result.outcome).toBe('output_exceeded')
  })

  it('is believed in what a call used only up to what it could have used', async () => {
    onOrder = (say) => {
      say(LaneFrame.accepted, null)
      const most = {
        fuel: Number.MAX_SAFE_INTEGER,
        memory_bytes: Number.MAX_SAFE_INTEGER,
        wall_ms: 1e9,
        output_bytes: 9,
      }
      say(LaneFrame.result, { outcome: 'ok', response: answer, usage: most })
    }
    const { usage: used } = (await against()).result
    expect(used.fuel).toBeLessThan(1e11)
    expect(used.memory_bytes).toBeLessThan(1e11)
    expect(used.wall_ms).toBeLessThan(60_000)
    expect(used.output_bytes).toBe(4)
  })

  it('makes no host call once its call is over', async () => {
    onOrder = (say) => {
      say(LaneFrame.accepted, null)
      say(LaneFrame.result, { outcome: 'ok', response: answer, usage })
      say(LaneFrame.hostCall, { name: 'kv.set', args: { key: 'a', value: Buffer.from('b') } })
    }
    const { result, host, asked } = await against()
    expect([result.outcome, host.asked, asked]).toEqual(['ok', [], []])
  })
})
