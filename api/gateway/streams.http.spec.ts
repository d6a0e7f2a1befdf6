import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { Limits } from '#contract/manifest/limits.js'
import { problem } from '#contract/problems.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { CREDIT_BYTES } from '#runtime/slots/child/frames.js'
import type { ExecutionResult, HostPort, Job } from '#runtime/slots/job.js'
import { streamingArtifact } from '#runtime/testing/streaming.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import { shippedGate } from '../gate/testing/shipped-gate.js'
import type { CallTarget } from '../installs/call-target.js'
import { callStack, type CallStack } from '../invocations/testing/call-stack.js'
import { openPlace, PLACES, type Place } from '../runners/testing/remote-ground.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { Gateway } from './gateway.service.js'
import { callerOf } from './testing/fake-gateway.js'
import { httpGateway, type HttpGateway } from './testing/http-gateway.js'

const MIB = 1024 * 1024
const PATHS = ['three', 'events', 'trap', 'fail', 'none', 'hang', 'whole', 'bad-type', 'bad-status']
const of = (path: string, more: object = {}) => ({ id: path, title: path, method: 'POST', path: `/${path}`, ...more })
const endpoints = [
  ...PATHS.map((path) => of(path, { stream: 'both' })),
  of('echo', { stream: 'both', max_request_bytes: 128 * MIB, max_response_bytes: 128 * MIB }),
  of('much', { stream: 'response', max_response_bytes: 100_000 }),
  of('size', { stream: 'request', max_request_bytes: 8 * MIB }),
  of('flood', { stream: 'response', max_response_bytes: 256 * MIB, timeout_ms: 2_000 }),
  of('codes', { max_request_bytes: 200_000 }),
].map((endpoint) => ExtensionEndpoint.parse(endpoint))

describe.each(PLACES)('an endpoint that streams, over real sockets and slots %s', (where) => {
  let database: TestDatabase
  let owner: Client
  let place: Place
  let artifact: Artifact
  let stack: CallStack
  let usual: CallTarget
  /** What is called; the usual one where a test says nothing else. */
  let target: CallTarget
  let http: HttpGateway
  let agent: Agent
  /** How executions ended, as slots tell. */
  let results: ExecutionResult[]
  /** Once the first has ended. */
  let ended: PromiseWithResolvers<void>

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
    artifact = await streamingArtifact()
    const shipped = await shippedGate(database.database)
    place = await openPlace(where, { kill: shipped.kills, artifacts: () => [artifact] })
    const limits = { ...Limits.parse({}), wall_ms: 20_000, fuel: 20_000_000_000 }
    usual = callTarget({ endpoints, limits, artifact: { digest: artifact.digest, folder: '' } })
    const execute = async (job: Job, host: HostPort) => {
      // Those of the test that began it, which may be over by then.
      const [mine, over] = [results, ended]
      const result = await place.slots.execute(job, host)
      mine.push(result)
      // By then its row waits to be written.
      setImmediate(() => over.resolve())
      return result
    }
    const slots = { execute, end: place.slots.end.bind(place.slots) }
    stack = callStack({ database: database.database, gate: shipped.gate, kill: shipped.kills, slots })
    const gateway = new Gateway({
      installs: { resolveForCall: async () => target },
      invocations: stack.invocations,
      kept: { serve: () => Promise.reject(problem('internal')) },
    })
    http = await httpGateway(gateway, () => callerOf(target.tenantId))
  }, 120_000)
  beforeEach(() => {
    target = usual
    results = []
    ended = Promise.withResolvers()
    agent = new Agent({ keepAlive: true, maxSockets: 1 })
  })
  afterEach(() => agent.destroy())
  afterAll(async () => {
    await http.app.close()
    await place.close()
    await database.drop()
  })

  const open = (path: string, headers: RequestOptions['headers'] = {}): ClientRequest => {
    const { port } = http
    const sent = request({ agent, port, method: 'POST', path: `/api/ext/${target.extension}/${path}`, headers })
    sent.on('error', () => undefined)
    return sent
  }
  const answerOf = async (sent: ClientRequest): Promise<IncomingMessage> =>
    ((await once(sent, 'response')) as [IncomingMessage])[0]
  /** All of an answer's body; `whole` tells whether it had its proper end. */
  const read = async (answer: IncomingMessage) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of answer) chunks.push(chunk as Buffer)
    } catch {
      return { body: Buffer.concat(chunks), whole: false }
    }
    return { body: Buffer.concat(chunks), whole: answer.complete }
  }
  const call = async (path: string, body: string | Buffer = '', headers: RequestOptions['headers'] = {}) => {
    const sent = open(path, headers)
    sent.end(body)
    const answer = await answerOf(sent)
    return { status: answer.statusCode, headers: answer.headers, ...(await read(answer)) }
  }
  const codeOf = ({ body }: { body: Buffer }) => (JSON.parse(body.toString()) as { code: string }).code
  const row = async (id: unknown): Promise<Record<string, unknown>> => {
    await stack.writer.flush()
    const { rows } = await owner.query('SELECT * FROM extension_execution_log WHERE id = $1', [id])
    return rows[0] as Record<string, unknown>
  }
  const lastRow = async (): Promise<Record<string, unknown>> => {
    await stack.writer.flush()
    const { rows } = await owner.query('SELECT * FROM extension_execution_log ORDER BY started_at DESC LIMIT 1')
    return rows[0] as Record<string, unknown>
  }
  const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

  it('answers each piece before the next is sent', async () => {
    const sent = open('echo')
    sent.write('piece 0')
    const answer = await answerOf(sent)
    const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    for (let index = 1; index < 5; index++) {
      expect((await pieces.next()).value?.toString()).toBe(`piece ${index - 1}`)
      sent.write(`piece ${index}`)
    }
    sent.end()
    expect((await pieces.next()).value?.toString()).toBe('piece 4')
    expect((await pieces.next()).done).toBe(true)
    const all = Buffer.from('piece 0piece 1piece 2piece 3piece 4')
    expect(await row(answer.headers['x-gatehouse-decision-id'])).toMatchObject({
      ...{ outcome: 'ok', status: 200, input_digest: sha256(all), output_digest: sha256(all) },
    })
  })

  it('sends events with the headers that an answer has, and keeps the connection', async () => {
    const { status, headers, body, whole } = await call('events')
    expect({ status, whole }).toEqual({ status: 200, whole: true })
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'x-content-type-options': 'nosniff',
      'x-ext-a': 'b',
      'x-correlation-id': expect.any(String),
      traceresponse: expect.stringMatching(/^00-/),
      'transfer-encoding': 'chunked',
    })
    const ids = [...body.toString().matchAll(/^id: (\d+)\ndata: tick\n$/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(Array.from({ length: 120 }, (_, id) => id))
    expect(await call('whole')).toMatchObject({ status: 200, body: Buffer.from('whole') })
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  })

  // Whoever reads as fast as it is sent needs nobody to hold back: that something does is held by the next one and by HttpBodies.
  it('lets 64 MiB through, counted and digested', async () => {
    // However busy the machine is: how fast is no matter of this one.
    target = { ...target, limits: { ...target.limits, wall_ms: 100_000 } }
    const sent = open('echo')
    const mib = Buffer.alloc(MIB, 'x')
    const answer = answerOf(sent).then(read)
    for (let index = 0; index < 64; index++) if (!sent.write(mib)) await once(sent, 'drain')
    sent.end()
    const { body, whole } = await answer
    expect({ bytes: body.length, whole }).toEqual({ bytes: 64 * MIB, whole: true })
    const [{ outcome, streamed }] = results as [ExecutionResult]
    expect({ outcome, ...streamed }).toMatchObject({ outcome: 'ok', inputBytes: 64 * MIB, outputBytes: 64 * MIB })
    expect(streamed!.outputDigest).toBe(streamed!.inputDigest)
  }, 120_000)

  it('stops a guest whose reader never reads, and ends it with its time', async () => {
    const sent = open('flood')
    sent.end()
    const answer = await answerOf(sent)
    await ended.promise
    const [{ outcome, streamed }] = results as [ExecutionResult]
    expect(outcome).toBe('time_exceeded')
    // Sockets of the system take what they take; we keep no more than a slot may send, and what a socket waits with.
    expect(streamed!.outputBytes).toBeLessThan(256 * MIB)
    expect(streamed!.mostWaiting).toBeLessThanOrEqual(2 * CREDIT_BYTES)
    expect(await row(answer.headers['x-gatehouse-decision-id'])).toMatchObject({
      outcome: 'time_exceeded',
      status: 200,
    })
  }, 20_000)

  it.each([
    ['trap', 'trap'],
    ['fail', 'guest_error'],
  ])('breaks off where the guest ends badly: /%s', async (path, outcome) => {
    const { status, headers, body, whole } = await call(path)
    expect({ status, body: body.toString(), whole }).toEqual({ status: 200, body: 'some', whole: false })
    expect(await row(headers['x-gatehouse-decision-id'])).toMatchObject({
      ...{ outcome, status: 200, output_digest: sha256(Buffer.from('some')) },
    })
  })

  it('breaks off where it is killed', async () => {
    const sent = open('echo')
    sent.write('some')
    const answer = await answerOf(sent)
    const reading = read(answer)
    place.slots.end(() => true)
    expect((await reading).whole).toBe(false)
    expect(await row(answer.headers['x-gatehouse-decision-id'])).toMatchObject({ outcome: 'killed' })
  })

  it('breaks off where the answer grows beyond its cap', async () => {
    const { status, headers, body, whole } = await call('much')
    expect({ status, bytes: body.length, whole }).toEqual({ status: 200, bytes: 65_536, whole: false })
    expect(await row(headers['x-gatehouse-decision-id'])).toMatchObject({ outcome: 'output_exceeded', status: 200 })
  })

  it('ends a guest whose caller has gone', async () => {
    const sent = open('echo')
    sent.write('some')
    const answer = await answerOf(sent)
    answer.on('error', () => undefined)
    sent.destroy()
    await ended.promise
    expect(await lastRow()).toMatchObject({
      ...{ outcome: 'client_gone', status: 200, id: answer.headers['x-gatehouse-decision-id'] },
    })
  })

  it('refuses a body that says it is too large, and ends one that turns out to be', async () => {
    const said = await call('whole', Buffer.alloc(MIB + 1))
    expect([said.status, codeOf(said)]).toEqual([413, 'request.too_large'])
    expect(results).toEqual([])
    const sent = open('size')
    const mib = Buffer.alloc(MIB)
    const answered = answerOf(sent)
    void (async () => {
      for (let index = 0; index < 20 && !sent.destroyed; index++)
        if (!sent.write(mib)) await Promise.race([once(sent, 'drain'), answered])
      sent.end()
    })()
    const answer = await answered
    expect([answer.statusCode, codeOf(await read(answer))]).toEqual([413, 'execution.input_exceeded'])
  }, 60_000)

  it.each([
    ['bad-type', 'execution.response_invalid'],
    ['bad-status', 'execution.response_invalid'],
  ])('passes no head on that is not fit for it: /%s', async (path, code) => {
    const refused = await call(path)
    expect([refused.status, codeOf(refused)]).toEqual([502, code])
    expect(await lastRow()).toMatchObject({ outcome: 'guest_error' })
  })

  it.each([
    ['idempotency-key', '"one"'],
    ['prefer', 'respond-async'],
    ['gatehouse-record', 'true'],
  ])('refuses %s, since nothing of a stream is kept', async (name, value) => {
    const refused = await call('echo', 'body', { [name]: value })
    expect([refused.status, codeOf(refused)]).toEqual([400, 'request.invalid'])
    expect(refused.body.toString()).toContain(`/headers/${name}`)
  })

  it('reads a body whole where the endpoint does not stream, once its caller may call it', async () => {
    const sent = await call('codes', Buffer.alloc(150_000))
    expect(sent.body.toString()).toBe('stream.undeclared,stream.not_begun,stream.undeclared')
    expect((await lastRow())['input_digest']).toBe(sha256(Buffer.alloc(150_000)))
    const over = await call('codes', Buffer.alloc(200_001), { 'transfer-encoding': 'chunked' })
    expect([over.status, codeOf(over)]).toEqual([413, 'request.too_large'])
  })
})
