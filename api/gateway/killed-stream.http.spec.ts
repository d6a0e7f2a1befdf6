import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { STREAMING_JS } from '#runtime/testing/streaming.js'
import { install, published, until } from '../testing/published-extension.js'
import { testService, type TestService } from '../testing/test-service.js'

const NAME = 'com.acme-labs.streamer'
const PERMISSIONS = ['kv:read']
const STREAMER = {
  manifest: {
    ...{ id: NAME, version: '1.0.0', permissions: PERMISSIONS, limits: { wall_ms: 30_000, fuel: 1_000_000_000 } },
    api: { endpoints: [{ id: 'echo', title: 'Echo', method: 'POST', path: '/echo', stream: 'both' }] },
  },
  guest: STREAMING_JS,
  capabilities: ['kv', 'streams'],
}
const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

let service: TestService
let beside: Awaited<ReturnType<TestService['beside']>>
let installId: string

beforeAll(async () => {
  service = await testService()
  beside = await service.beside()
  const digest = await published(service, STREAMER)
  const made = await install(service, { extension: NAME, digest, permissions: PERMISSIONS })
  expect([made.status, made.body]).toEqual([201, expect.anything()])
  installId = made.body['id'] as string
}, 120_000)
afterAll(async () => {
  await beside?.stop()
  await service?.stop()
})

/** A call whose request stays open, and whose answer is read piece by piece. */
const streaming = async () => {
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  const send = (text: string) => writer.write(Buffer.from(text)).catch(() => undefined)
  void send('0')
  const answer = await fetch(`${service.url}/api/ext/${NAME}/echo`, {
    ...{ method: 'POST', body: body.readable, duplex: 'half' },
    headers: { authorization: `Bearer ${service.keys['acme_member']}`, 'content-type': 'text/plain' },
  })
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const next = async () => Buffer.from((await reader.read()).value ?? []).toString()
  return { answer, send, next, close: () => writer.abort().catch(() => undefined) }
}
/** A call of the same endpoint that sends all at once. */
const whole = () => service.ask('acme_member', 'POST', `/api/ext/${NAME}/echo`, {})
const engage = async (url: string, order: object) => {
  const answer = await fetch(`${url}/v1/kills`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.keys['operator']}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...order, reason: 'it streams what it should not' }),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { order: { id: string } }).order.id
}
/** The operator asks for it and the security lead agrees. */
const release = async (id: string) => {
  const { body } = await service.ask('operator', 'POST', `/v1/kills/${id}/release`, { reason: 'the test goes on' })
  const path = `/v1/approvals/${(body['approval'] as { id: string }).id}`
  const { subject_digest } = (await service.ask('security_lead', 'GET', path)).body
  const vote = { verdict: 'approve', comment: '', subject_digest }
  expect((await service.ask('security_lead', 'POST', `${path}/votes`, vote)).status).toBe(201)
}

describe('a kill switch engaged while an answer is read', () => {
  it.each([
    ['here, against the extension', () => service.url, () => ({ scope: 'extension', target: NAME })],
    ['at another instance, against the install', () => beside.url, () => ({ scope: 'install', target: installId })],
    ['here, against everything', () => service.url, () => ({ scope: 'global' })],
  ])(
    'breaks it off: %s',
    async (_name, at, order) => {
      const { answer, send, next, close } = await streaming()
      expect([answer.status, await next()]).toEqual([200, '0'])
      for (const piece of ['1', '2']) {
        await send(piece)
        expect(await next()).toBe(piece)
      }
      const reading = next()
      const id = await engage(at(), order())
      await expect(reading).rejects.toThrow(/terminated/)
      await close()

      const refused = await whole()
      expect([refused.status, refused.body['code']]).toEqual([403, 'kill.engaged'])
      const path = `/v1/executions/${answer.headers.get('x-gatehouse-decision-id')}`
      const { body } = await until(
        () => service.ask('acme_owner', 'GET', path),
        ({ status }) => status === 200,
      )
      expect(body).toMatchObject({ outcome: 'killed', status: 200, output_digest: sha256('012') })
      await release(id)
      await until(whole, ({ status }) => status === 200)
    },
    30_000,
  )
})
