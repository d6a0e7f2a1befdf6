import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { ExecutionReplayed } from '#contract/api/invocations.js'
import { ExecutionRecording } from '#contract/api/recordings.js'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import type { Scope } from '#contract/scopes.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource } from '#runtime/testing/slot-fixture.js'
import { callTarget } from '../../capabilities/testing/call-target.js'
import { DecisionsService } from '../../gate/decisions.service.js'
import { ReadGateService } from '../../gate/read-gate.service.js'
import { noTenantPolicy } from '../../gate/testing/no-tenant-policy.js'
import { shippedGate, type ShippedGate } from '../../gate/testing/shipped-gate.js'
import { actorOf } from '../../gate/testing/test-gate.js'
import type { CallTarget } from '../../installs/call-target.js'
import type { Caller } from '../../platform/http/caller.js'
import { openPlace, PLACES, type Place } from '../../runners/testing/remote-ground.js'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { callStack, type CallStack } from '../testing/call-stack.js'
import { RecordingExport } from './recording-export.service.js'
import type { Recording } from '#runtime/recordings/recording.rules.js'
import { Replays, type ReplayParts } from './replays.service.js'

const PATHS = ['fixed', 'throw', 'kv', 'loop', 'log']
const endpoints = PATHS.map((id) => ExtensionEndpoint.parse({ id, title: id, method: 'POST', path: `/${id}` }))

describe.each(PLACES)('replaying an execution that was recorded %s', (where) => {
  let held: TestDatabase
  let owner: Client
  let place: Place
  let artifact: Artifact
  let shipped: ShippedGate
  let stack: CallStack
  let replays: Replays
  let exported: RecordingExport
  let target: CallTarget
  /** Changes a recording on its way to a replay. */
  let altered: (recording: Recording) => Recording

  beforeAll(async () => {
    held = await testDatabase()
    owner = await held.owner()
    artifact = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    shipped = await shippedGate(held.database)
    place = await openPlace(where, { kill: shipped.kills, artifacts: () => [artifact] })
    const { slots } = place
    const limits = { ...callTarget().limits, fuel: 50_000_000 }
    target = callTarget({ endpoints, limits, artifact: { digest: artifact.digest, folder: '' } })
    stack = callStack({ database: held.database, gate: shipped.gate, kill: shipped.kills, slots, wallMs: 3_000 })
    const decisions = new DecisionsService(
      held.database,
      shipped.policies,
      new ReadGateService(shipped.gate),
      noTenantPolicy(),
    )
    const open: ReplayParts['recordings']['open'] = async (scope, id) => {
      const opened = await stack.recordings.open(scope, id)
      return opened && { ...opened, recording: altered(opened.recording) }
    }
    exported = new RecordingExport({ database: held.database, recordings: stack.recordings, decisions })
    const isolation = { requireWall: () => undefined }
    replays = new Replays({
      ...{ database: held.database, recordings: { open }, slots, kill: shipped.kills, isolation, decisions },
    })
  }, 120_000)
  afterAll(async () => {
    await place.close()
    await held.drop()
  })

  const callerOf = (
    scopes: Scope[] = ['extensions:invoke', 'executions:record'],
    tenantId = target.tenantId,
  ): Caller => ({
    ...{ principalId: randomUUID(), keyId: randomUUID(), tenantId, correlationId: 'c-1' },
    tenant: { id: tenantId, status: 'active', standing: {} },
    actor: actorOf(tenantId, { scopes }),
  })
  /** The id of an execution, however it ended, once all of it is written. */
  const invoke = async (path: string, { record = true, caller = callerOf(), of = target } = {}): Promise<string> => {
    const request = { method: 'POST', path: `/${path}`, params: [], query: [], headers: [], body: Buffer.from('body') }
    const endpoint = of.endpoints.find(({ id }) => id === path)!
    const id = await stack.invocations.invoke({ target: of, endpoint, request, caller, record }).then(
      ({ executionId }) => executionId,
      (error: { details: { decisionId: string } }) => error.details.decisionId,
    )
    await stack.writer.flush()
    await stack.writer.flush()
    return id
  }
  const replay = async (id: string, change: typeof altered = (recording) => recording) => {
    altered = change
    return ExecutionReplayed.parse(await replays.replay(callerOf(), id))
  }

  it.each(['fixed', 'throw', 'kv', 'loop', 'log'])('gives the same for /%s, in the same fuel', async (path) => {
    expect(await replay(await invoke(path))).toMatchObject({
      verdict: 'identical',
      difference: null,
      engine: { same: true },
    })
    expect(stack.faults).toEqual([])
  })

  it('evaluates each decision again, and has no effect', async () => {
    const id = await invoke('kv')
    const stored = () => owner.query('SELECT * FROM extension_kv WHERE install_id = $1', [target.installId])
    const before = (await stored()).rows
    expect(await replay(id)).toMatchObject({ host_calls: 2, decisions: { equal: 3, of: 3 } })
    expect((await stored()).rows).toEqual(before)
    const executions = await owner.query('SELECT FROM extension_execution_log WHERE id = $1', [id])
    expect(executions.rowCount).toBe(1)
  })

  it.each<[string, string, (recording: Recording) => Recording, object]>([
    ['another moment', 'fixed', (one) => withJob(one, { fixed: { ...one.job.fixed!, nowMs: 1 } }), { what: 'output' }],
    [
      'other randomness',
      'fixed',
      (one) => withJob(one, { fixed: { ...one.job.fixed!, seed: new Uint8Array(32) } }),
      { what: 'host_call', at: 0 },
    ],
    [
      'one call more',
      'kv',
      (one) => ({ ...one, calls: one.calls.slice(0, 1) }),
      { what: 'host_call', at: 1, recorded: null },
    ],
    [
      'one call less',
      'kv',
      (one) => ({ ...one, calls: [...one.calls, one.calls[0]!] }),
      { what: 'host_call', at: 2, replayed: null },
    ],
    [
      'other fuel',
      'fixed',
      (one) => ({ ...one, result: { ...one.result, usage: { ...one.result.usage, fuel: 1 } } }),
      { what: 'fuel', recorded: '1' },
    ],
  ])('names %s as the first difference', async (_what, path, change, expected) => {
    expect(await replay(await invoke(path), change)).toMatchObject({ verdict: 'different', difference: expected })
  })

  it('names a decision that would be another', async () => {
    const id = await invoke('kv')
    await owner.query(`UPDATE decision SET answer = '\\x7b7d' WHERE execution_id = $1`, [id])
    expect(await replay(id)).toMatchObject({ verdict: 'different', difference: { what: 'decision', at: 1 } })
  })

  it('tells a recording that is not the one on the receipt', async () => {
    const id = await invoke('fixed')
    await owner.query(`UPDATE extension_execution_log SET recording_digest = input_digest WHERE id = $1`, [id])
    expect(await replay(id)).toMatchObject({ difference: { what: 'recording' } })
  })

  it('says when another engine carried it out', async () => {
    const id = await invoke('fixed')
    await owner.query(`UPDATE extension_execution_log SET engine = 'node-1' WHERE id = $1`, [id])
    expect(await replay(id)).toMatchObject({ engine: { recorded: 'node-1', same: false } })
  })

  it('is given out step by step, each with its decision', async () => {
    const id = await invoke('kv')
    const recording = ExecutionRecording.parse(await exported.export(callerOf(), id))
    expect(recording).toMatchObject({
      execution_id: id,
      request: { path: '/kv', body: { text: 'body' } },
      result: { outcome: 'ok', response: { status: 200 } },
    })
    expect(recording.steps.map(({ name, posted }) => [name, posted])).toEqual([
      ['kv.get', false],
      ['kv.set', false],
    ])
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM decision WHERE execution_id = $1 AND action = 'capability.use' ORDER BY id`,
      [id],
    )
    expect(recording.steps.map(({ decision }) => decision)).toEqual(
      rows.map((row) => ({ id: row.id, outcome: 'allow', reasons: [] })),
    )
    await expect(exported.export(callerOf(undefined, randomUUID()), id)).rejects.toMatchObject({ code: 'not_found' })
    const unrecorded = await invoke('fixed', { record: false })
    await expect(exported.export(callerOf(), unrecorded)).rejects.toMatchObject({ code: 'execution.not_recorded' })
  })

  it('keeps nothing unasked, seals what it keeps, and lets it go', async () => {
    await expect(replay(await invoke('fixed', { record: false }))).rejects.toMatchObject({
      code: 'execution.not_recorded',
    })
    const id = await invoke('kv')
    const { rows } = await owner.query<{ sealed: Buffer }>('SELECT sealed FROM execution_recording')
    expect(rows.some(({ sealed }) => sealed.includes('body'))).toBe(false)
    await owner.query('UPDATE execution_recording SET expires_at = now() WHERE execution_id = $1', [id])
    await expect(replay(id)).rejects.toMatchObject({ code: 'execution.not_recorded' })
    await invoke('kv')
    const kept = await owner.query('SELECT FROM execution_recording WHERE execution_id = $1', [id])
    expect(kept.rowCount).toBe(0)
  })

  it('runs nothing for those who may not record', async () => {
    const ran = async () => (await owner.query('SELECT FROM extension_execution_log')).rowCount
    const before = await ran()
    const caller = callerOf(['extensions:invoke'])
    await invoke('fixed', { caller })
    expect(await ran()).toBe(before)
    const { rows } = await owner.query(
      `SELECT outcome FROM decision WHERE action = 'execution.record' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ outcome: 'deny' }])
  })

  it('is of no use for what was ended from outside, nor for other organisations', async () => {
    const hurried = { ...target, limits: { ...target.limits, fuel: Number.MAX_SAFE_INTEGER, wall_ms: 50 } }
    const ended = await invoke('loop', { of: hurried })
    await expect(replay(ended)).rejects.toMatchObject({ code: 'execution.not_replayable' })
    const id = await invoke('fixed')
    await expect(replays.replay(callerOf(undefined, randomUUID()), id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

const withJob = (recording: Recording, job: Partial<Recording['job']>): Recording => ({
  ...recording,
  job: { ...recording.job, ...job },
})
