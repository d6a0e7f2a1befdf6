import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import { deny } from '../gate/testing/fake-policy.js'
import type { CallTarget } from '../installs/call-target.js'
import { answered, failed } from '../invocations/testing/fake-slots.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { Calls } from './calls.service.js'
import { callerOf, fakeGateway, type FakeGateway, type Sent } from './testing/fake-gateway.js'

const ORDER = { id: randomUUID(), scope: 'global', target: '*', reason: 'test', epoch: null } as const
const endpoints = ['POST', 'PUT'].map((method) =>
  ExtensionEndpoint.parse({ id: method.toLowerCase(), title: 'Run', method, path: '/run' }),
)
const FOR_EVER = '2200-01-01T00:00:00Z'

describe('calls whose answer is kept', () => {
  let database: TestDatabase
  let owner: Client
  let target: CallTarget
  let gateway: FakeGateway
  let runs: number

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
    await lives('node')
  }, 60_000)
  afterAll(() => database.drop())
  beforeEach(async () => {
    target = callTarget({ endpoints })
    gateway = await instance('node')
    runs = 0
    gateway.slots.guest = () => says(`run ${++runs}`)
  })

  const instance = (node: string, waitMs?: number) =>
    fakeGateway(database.database, { node, target, ...(waitMs !== undefined && { waitMs }) })
  const lives = (node: string) =>
    owner.query('INSERT INTO node_lease (node, epoch, renewed_at) VALUES ($1, 0, $2)', [node, FOR_EVER])
  const says = (body: string) => {
    const { response, ...rest } = answered()
    return { ...rest, response: { ...response!, headers: [['x-ext-a', 'b'] as const], body: Buffer.from(body) } }
  }
  const under = (key: string, sent: Sent = {}): Sent => ({
    ...sent,
    headers: { ...sent.headers, 'idempotency-key': key },
  })
  const rows = async () =>
    (await owner.query<Record<string, unknown>>('SELECT * FROM kept_call WHERE install_id = $1', [target.installId]))
      .rows
  /** A guest that answers once it is let go. */
  const held = () => {
    let letGo = (): void => undefined
    let begin = (): void => undefined
    const gone = new Promise<void>((resolve) => (letGo = resolve))
    const begun = new Promise<void>((resolve) => (begin = resolve))
    gateway.slots.guest = async () => (begin(), await gone, says(`run ${++runs}`))
    return { letGo, begun }
  }

  describe('under an idempotency key', () => {
    it('runs once, and answers again as it did then', async () => {
      const first = await gateway.send(under('"k 1"'))
      const again = await gateway.send(under('"k 1"'))
      expect([again.status, String(again.body), runs]).toEqual([200, 'run 1', 1])
      expect(again.headers).toMatchObject({
        'x-ext-a': 'b',
        'idempotent-replayed': 'true',
        'x-gatehouse-execution-id': first.headers['x-gatehouse-decision-id'],
      })
      expect(again.headers['x-gatehouse-decision-id']).not.toBe(first.headers['x-gatehouse-decision-id'])
      expect(first.headers).not.toHaveProperty('idempotent-replayed')
    })

    it('means the same key with and without quotes', async () => {
      await gateway.send(under('k'))
      expect(String((await gateway.send(under('"k"'))).body)).toBe('run 1')
    })

    it.each([
      ['another body', { body: '[]' }],
      ['another query', { path: '/run?a=1' }],
      ['another method', { method: 'PUT' }],
      ['another content type', { headers: { 'content-type': 'text/plain' } }],
    ])('refuses %s', async (_, sent) => {
      await gateway.send(under('k'))
      await expect(gateway.send(under('k', sent))).rejects.toMatchObject({
        code: 'idempotency.key_reused',
        status: 422,
      })
      expect(runs).toBe(1)
    })

    it('is not shared with another person, and not even known to another organisation', async () => {
      await gateway.send(under('k'))
      const other = callerOf(target.tenantId, 'p_0002')
      await expect(gateway.send(under('k', { caller: other }))).rejects.toMatchObject({
        code: 'idempotency.key_reused',
      })
      const mine = target
      target = callTarget({ endpoints, extension: mine.extension })
      const elsewhere = await instance('node')
      elsewhere.slots.guest = () => says('elsewhere')
      expect(String((await elsewhere.send(under('k'))).body)).toBe('elsewhere')
    })

    it.each(['', '""', '"a', 'a, b', '"a", "b"', 'ü', 'a b', 'x'.repeat(256)])('refuses the key %j', async (key) => {
      await expect(gateway.send(under(key))).rejects.toMatchObject({
        code: 'request.invalid',
        details: { errors: [{ pointer: '/headers/idempotency-key' }] },
      })
    })

    it('lets a duplicate wait for the first answer, here and on another instance', async () => {
      const other = await instance('other')
      const { letGo, begun } = held()
      const first = gateway.send(under('k'))
      await begun
      const both = [gateway.send(under('k')), other.send(under('k'))]
      letGo()
      expect((await Promise.all([first, ...both])).map(({ body }) => String(body))).toEqual(['run 1', 'run 1', 'run 1'])
      expect(runs).toBe(1)
    })

    it('sends a duplicate away that has waited long enough', async () => {
      const impatient = await instance('other', 0)
      const { letGo, begun } = held()
      const first = gateway.send(under('k'))
      await begun
      const raised = { code: 'call.in_progress', status: 409, details: { retryAfter: 1 } }
      await expect(impatient.send(under('k'))).rejects.toMatchObject(raised)
      letGo()
      await first
    })

    it('counts a repetition against no limit', async () => {
      target = callTarget({ endpoints, rates: [{ per: 'install', limit: 9, extensions: '*' }] })
      gateway = await instance('node')
      const used: unknown[] = []
      gateway.policy.answer = (input) => {
        used.push((input as unknown as { rate: { used: number } }).rate.used)
        return { outcome: 'allow', rules: ['test.allowed'], reasons: [], obligations: [], approval: null }
      }
      for (let again = 0; again < 3; again++) await gateway.send(under('k'))
      expect(used).toEqual([0, 1, 1])
    })

    it('takes no place of the install while it waits', async () => {
      target = callTarget({ endpoints, limits: { ...target.limits, concurrency: 2 } })
      gateway = await instance('node')
      const { letGo, begun } = held()
      const first = gateway.send(under('k'))
      await begun
      const waiting = []
      for (let more = 0; more < 3; more++) {
        const released = new Promise<void>((resolve) => {
          const { holding } = gateway.records
          gateway.records.holding = async (...key) => {
            const found = await holding.apply(gateway.records, key)
            setImmediate(resolve)
            return found
          }
        })
        waiting.push(gateway.send(under('k')))
        await released
      }
      letGo()
      expect((await Promise.all([first, ...waiting])).every(({ body }) => String(body) === 'run 1')).toBe(true)
    })

    it('keeps nothing of what policy refused', async () => {
      gateway.policy.answer = () => deny()
      await expect(gateway.send(under('k'))).rejects.toMatchObject({ code: 'policy.denied' })
      expect(await rows()).toEqual([])
    })

    it('asks policy again before it repeats an answer', async () => {
      await gateway.send(under('k'))
      gateway.policy.answer = () => deny()
      await expect(gateway.send(under('k'))).rejects.toMatchObject({ code: 'policy.denied' })
    })

    it('repeats a failure of a guest that may have acted, and runs one again that cannot have', async () => {
      gateway.slots.guest = () => ({ ...failed('trap'), usage: { ...failed('trap').usage, host_calls: 1 } })
      const raised = { code: 'execution.trap', status: 502 }
      await expect(gateway.send(under('acted'))).rejects.toMatchObject(raised)
      gateway.slots.guest = () => failed('trap')
      await expect(gateway.send(under('idle'))).rejects.toMatchObject(raised)
      gateway.slots.guest = () => says('well')
      await expect(gateway.send(under('acted'))).rejects.toMatchObject(raised)
      expect(String((await gateway.send(under('idle'))).body)).toBe('well')
    })

    it('says so where the answer was too large to keep', async () => {
      gateway.slots.guest = () => says('x'.repeat(256 * 1024 + 1))
      expect((await gateway.send(under('k'))).body).toHaveLength(256 * 1024 + 1)
      await expect(gateway.send(under('k'))).rejects.toMatchObject({ code: 'call.answer_not_kept' })
    })

    it('begins anew once the answer has expired, and sweeps', async () => {
      await gateway.send(under('k'))
      await owner.query('UPDATE kept_call SET expires_at = now() WHERE install_id = $1', [target.installId])
      expect(String((await gateway.send(under('k'))).body)).toBe('run 2')
      await owner.query('UPDATE kept_call SET expires_at = now() WHERE install_id = $1', [target.installId])
      expect(await gateway.records.sweep()).toBeGreaterThan(0)
      expect(await rows()).toEqual([])
    })
  })

  it('lets the oldest answers of an organisation go beyond what it may keep, and no other’s', async () => {
    for (const key of ['old', 'new']) await gateway.send(under(key))
    const mine = target
    target = callTarget({ endpoints, extension: mine.extension })
    const elsewhere = await instance('node')
    elsewhere.slots.guest = () => says('run 9')
    await elsewhere.send(under('old'))
    await gateway.records.trim('run 1'.length)
    await expect(gateway.send(under('old'))).rejects.toMatchObject({ code: 'call.answer_not_kept' })
    expect(String((await gateway.send(under('new'))).body)).toBe('run 2')
    expect(String((await elsewhere.send(under('old'))).body)).toBe('run 9')
  })

  describe('of an instance that is gone', () => {
    const brokenOff = async (sent: Sent) => {
      const gone = await instance('gone')
      let begin = (): void => undefined
      const begun = new Promise<void>((resolve) => (begin = resolve))
      gone.slots.guest = () => (begin(), new Promise(() => undefined))
      void gone.send(under('k', sent))
      await begun
      return gone
    }

    it('are said to be interrupted, and not run again', async () => {
      await brokenOff({})
      await expect(gateway.send(under('k'))).rejects.toMatchObject({
        code: 'call.interrupted',
        message: expect.stringContaining('while the extension ran'),
      })
      expect(runs).toBe(0)
    })

    it('are told apart where the extension had run to its end', async () => {
      await brokenOff({})
      const [row] = await rows()
      const known = { id: row!['id'], tenant_id: target.tenantId, workspace_id: target.workspaceId }
      const ended = { ...known, publisher_id: target.publisherId, install_id: target.installId, extension: 'e' }
      const figures = { fuel: 0, memory_bytes: 0, wall_ms: 0, host_calls: 0, denied_calls: 0, output_bytes: 0 }
      const texts = {
        semver: '1.0.0',
        digest: 'd',
        endpoint: 'post',
        input_digest: 'd',
        slot: 's',
        correlation_id: 'c',
      }
      const times = { started_at: FOR_EVER, ended_at: FOR_EVER, outcome: 'ok', status: 200 }
      await owner.query(
        'INSERT INTO extension_execution_log SELECT * FROM json_populate_record(NULL::extension_execution_log, $1)',
        [JSON.stringify({ ...ended, ...figures, ...texts, ...times })],
      )
      await expect(gateway.send(under('k'))).rejects.toMatchObject({
        code: 'call.interrupted',
        message: expect.stringContaining('to its end (ok, status 200)'),
      })
    })

    it('run again where the method may be repeated, once', async () => {
      await brokenOff({ method: 'PUT' })
      const both = [gateway.send(under('k', { method: 'PUT' })), gateway.send(under('k', { method: 'PUT' }))]
      expect((await Promise.all(both)).map(({ body }) => String(body))).toEqual(['run 1', 'run 1'])
      expect(await rows()).toMatchObject([{ state: 'done', node: 'node' }])
    })
  })

  describe('of an instance that was only cut off', () => {
    const END = { status: 200, headers: {}, body: Buffer.from('late'), problem: null, detail: null }
    const begin = async () => {
      await gateway.send(under('k', { method: 'PUT' }))
      const { id } = (await gateway.records.holding(target.tenantId, String((await rows())[0]!['key'])))!
      await owner.query(`UPDATE kept_call SET state = 'running', ended_at = NULL WHERE id = $1`, [id])
      return id
    }

    it('are not taken over once they have ended after all', async () => {
      const id = await begin()
      await gateway.records.end(id, END)
      expect(await gateway.records.takeOver(id, { id: randomUUID(), node: 'node' })).toBe(false)
    })

    it('change nothing by ending once they were taken over', async () => {
      const [id, taken] = [await begin(), randomUUID()]
      expect(await gateway.records.takeOver(id, { id: taken, node: 'node' })).toBe(true)
      await gateway.records.end(id, END)
      expect(await rows()).toMatchObject([{ id: taken, state: 'running' }])
    })
  })

  describe('that nobody waits for', () => {
    const ASYNC = { headers: { prefer: 'wait=5, Respond-Async' } }
    const caller = () => callerOf(target.tenantId)
    const calls = () => new Calls(database.database, gateway.kills)
    const idOf = (body: Buffer): string => (JSON.parse(String(body)) as { id: string }).id

    it('are accepted, and answer whoever made them and nobody else', async () => {
      const { letGo } = held()
      const { status, headers, body } = await gateway.send(ASYNC)
      const id = idOf(body)
      expect(status).toBe(202)
      expect(headers).toMatchObject({ location: `/v1/calls/${id}`, 'preference-applied': 'respond-async' })
      expect(await calls().show(caller(), id)).toMatchObject({ state: 'running', endpoint: 'post', status: null })
      await expect(calls().result(caller(), id)).rejects.toMatchObject({ code: 'call.in_progress' })
      letGo()
      await gateway.kept.idle()
      expect(await calls().show(caller(), id)).toMatchObject({ state: 'done', status: 200, problem: null })
      expect(String((await calls().result(caller(), id)).body)).toBe('run 1')
      for (const stranger of [callerOf(target.tenantId, 'p_0002'), callerOf(randomUUID())])
        await expect(calls().result(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
    })

    it('are refused at once where policy refuses them', async () => {
      gateway.policy.answer = () => deny()
      await expect(gateway.send(ASYNC)).rejects.toMatchObject({ code: 'policy.denied' })
      expect(await rows()).toEqual([])
    })

    it('are accepted once under one key', async () => {
      const first = await gateway.send(under('k', ASYNC))
      const again = await gateway.send(under('k', ASYNC))
      expect(idOf(again.body)).toBe(idOf(first.body))
      await gateway.kept.idle()
      expect(runs).toBe(1)
    })

    it('end by the kill switch, which also keeps back what there is', async () => {
      const { letGo } = held()
      const id = idOf((await gateway.send(ASYNC)).body)
      gateway.kills.admit(ORDER)
      await gateway.kept.idle()
      expect(await calls().show(caller(), id)).toMatchObject({
        state: 'done',
        problem: 'execution.killed',
        status: 503,
      })
      await expect(calls().result(caller(), id)).rejects.toMatchObject({ code: 'kill.engaged' })
      letGo()
    })

    it('keep the problem that they end with', async () => {
      gateway.slots.guest = () => failed('time_exceeded')
      const id = idOf((await gateway.send(ASYNC)).body)
      await gateway.kept.idle()
      await expect(calls().result(caller(), id)).rejects.toMatchObject({ code: 'execution.time_exceeded', status: 504 })
    })
  })
})
