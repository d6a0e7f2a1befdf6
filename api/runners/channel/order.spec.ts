import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { Job } from '#runtime/slots/job.js'
import { LIMITS, requestTo } from '#runtime/testing/slot-fixture.js'
import { Orders } from '../machine/orders.js'
import { BodiesFake } from '#runtime/testing/streaming.js'
import { jobBytes, readJob } from './job-bytes.js'
import { CLOCK_SKEW_MS, signOrder } from './order.js'

const { publicKey, privateKey: key } = generateKeyPairSync('ed25519')
const HERE = { runner: 'https://runner-0:4000', instance: 'this-run' }
const job: Job = {
  ...{ executionId: 'decision-1', tenantId: 'acme', artifact: { digest: 'sha256:1', folder: '/secret/place' } },
  ...{ request: requestTo('/echo', 'body'), limits: LIMITS, labels: { tenantId: 'acme' } },
  deadline: Date.now() + 30_000,
}
const bytes = jobBytes(job)
const ordersAt = (now = () => Date.now()) => new Orders({ keys: [publicKey], ...HERE, now })
const orderFor = (changes: object = {}) => signOrder(job, bytes, { ...HERE, epoch: 3n, key, ...changes })
const codeOf = (attempt: () => unknown): string => {
  try {
    attempt()
    return 'taken'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('an order', () => {
  it('is taken once, by whom it is for, and says what may run', () => {
    const orders = ordersAt()
    const order = orderFor()
    expect(orders.take(order, bytes)).toMatchObject({ decision: 'decision-1', tenant: 'acme', epoch: '3' })
    expect(codeOf(() => orders.take(order, bytes))).toBe('order.replayed')
    expect(codeOf(() => orders.take(orderFor(), bytes))).toBe('taken')
  })

  it.each<[string, string, () => string]>([
    ['of another key', 'signature.bad', () => orderFor({ key: generateKeyPairSync('ed25519').privateKey })],
    ['for another runner', 'order.elsewhere', () => orderFor({ runner: 'https://runner-1:4000' })],
    ['for an earlier run of this one', 'order.elsewhere', () => orderFor({ instance: 'run-before' })],
    ['whose words were changed', 'signature.bad', () => changed(orderFor(), { tenant: 'globex' })],
    ['that names no algorithm', 'signature.bad', () => headed(orderFor(), { alg: 'none', typ: 'gatehouse-order' })],
    ['that is a kill list', 'signature.bad', () => headed(orderFor(), { alg: 'EdDSA', typ: 'gatehouse-kill-list' })],
    ['that is no JWS', 'signature.bad', () => 'a.b'],
    ['that goes on after its signature', 'signature.bad', () => `${orderFor()}.more`],
    ['that says too little', 'order.malformed', () => signed({ decision: 'decision-1' })],
  ])('%s is refused: %s', (_, code, order) => {
    expect(codeOf(() => ordersAt().take(order(), bytes))).toBe(code)
  })

  it('is for one job alone', () => {
    const other = jobBytes({ ...job, request: requestTo('/echo', 'another body') })
    expect(codeOf(() => ordersAt().take(orderFor(), other))).toBe('order.altered')
  })

  it('is good until its deadline and no longer, by clocks that differ a little', () => {
    const order = orderFor()
    const at = (offset: number) => codeOf(() => ordersAt(() => Date.now() + offset).take(order, bytes))
    expect(at(-CLOCK_SKEW_MS + 1_000)).toBe('taken')
    expect(at(-CLOCK_SKEW_MS - 1_000)).toBe('order.early')
    expect(at(30_000 + CLOCK_SKEW_MS - 1_000)).toBe('taken')
    expect(at(30_000 + CLOCK_SKEW_MS + 1_000)).toBe('order.late')
  })

  it('is remembered for as long as it could be given again', () => {
    let now = Date.now()
    const orders = ordersAt(() => now)
    const order = orderFor()
    orders.take(order, bytes)
    for (now += 29_000; now < job.deadline + CLOCK_SKEW_MS; now += 1_000)
      expect(codeOf(() => orders.take(order, bytes))).toBe('order.replayed')
    now = job.deadline + CLOCK_SKEW_MS + 2_000
    expect(codeOf(() => orders.take(order, bytes))).toBe('order.late')
  })

  it('is good for no longer than any call may take', () => {
    const long = signOrder({ ...job, deadline: Date.now() + 200_000 }, bytes, { ...HERE, epoch: 0n, key })
    expect(codeOf(() => ordersAt().take(long, bytes))).toBe('order.malformed')
  })
})

describe('a job on its way', () => {
  it('arrives as it was, but for folders of the machine that it left', () => {
    const fixed = { nowMs: 7, seed: new Uint8Array(32) }
    const bodies = new BodiesFake('both')
    const read = readJob(jobBytes({ ...job, fixed, bodies }), {
      deadline: job.deadline,
      bodiesOf: ({ stream, limits }) => Object.assign(new BodiesFake(stream), { limits }),
    })
    const { repeat, ...arrived } = read
    expect(repeat).toBeUndefined()
    expect(arrived.bodies).toMatchObject({ stream: 'both', limits: bodies.limits })
    expect(arrived).toMatchObject({ executionId: 'decision-1', artifact: { digest: 'sha256:1', folder: '' }, fixed })
    expect(Buffer.from(arrived.request.body).toString()).toBe('body')
    expect(bytes.includes('secret')).toBe(false)
  })
})

const parts = (order: string) => order.split('.') as [string, string, string]
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const changed = (order: string, changes: object): string => {
  const [header, payload, signature] = parts(order)
  return [header, encoded({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...changes }), signature].join(
    '.',
  )
}
/** The same words under another header, which is signed as well. */
const headed = (order: string, header: object): string => {
  const text = `${encoded(header)}.${parts(order)[1]}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}
const signed = (payload: object): string => {
  const text = `${parts(orderFor())[0]}.${encoded(payload)}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}
