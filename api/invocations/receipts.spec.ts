import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { ExecutionReceipt } from '#contract/api/invocations.js'
import { receiptIdOf } from '#sdk/audit/execution-leaf.rules.js'
import { verifyExport, type AuditReport } from '#sdk/audit/verify-export.js'
import { verifyReceipt } from '#sdk/audit/verify-receipt.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import { actorOf, testGate, type TestGate } from '../gate/testing/test-gate.js'
import { LedgerLog } from '../ledger/log.service.js'
import { ledgerKey } from '../ledger/origin.js'
import { sequence } from '../ledger/sequencer.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { Executions } from './executions.service.js'
import { callStack, type CallStack } from './testing/call-stack.js'
import { answered, failed, FakeSlots } from './testing/fake-slots.js'

const key = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const verifiers = [key.verifier]
const target = callTarget()

describe('receipts of executions', () => {
  let held: TestDatabase
  let owner: Client
  let gate: TestGate
  let slots: FakeSlots
  let stack: CallStack
  let log: LedgerLog
  let executions: Executions

  beforeAll(async () => {
    held = await testDatabase()
    owner = await held.owner()
    log = new LedgerLog(held.database, key)
    executions = new Executions(held.database, log)
  }, 60_000)
  afterAll(() => held.drop())
  beforeEach(async () => {
    gate = await testGate(held.database)
    slots = new FakeSlots()
    stack = callStack({ database: held.database, gate: gate.gate, kill: gate.kills, slots })
  })

  const callerOf = (tenantId = target.tenantId, publisherId: string | null = null): Caller => ({
    ...{ principalId: randomUUID(), keyId: randomUUID(), tenantId, correlationId: 'c-1' },
    tenant: { id: tenantId, status: 'active', standing: {} },
    actor: actorOf(tenantId, { publisher_id: publisherId, scopes: ['extensions:invoke'] }),
  })
  const request = { method: 'POST', path: '/run', params: [], query: [], headers: [], body: Buffer.from('{}') }
  const invoke = () => stack.invocations.invoke({ target, endpoint: target.endpoints[0]!, request, caller: callerOf() })
  const logged = async (): Promise<void> => {
    await stack.writer.flush()
    await sequence({ ...key, records: held.database.records, now: () => Date.now() })
  }
  const audit = async (scope: { platform: true } | { tenant: string } = { platform: true }): Promise<AuditReport> => {
    async function* lines() {
      for await (const line of await log.export(scope)) yield JSON.stringify(line)
    }
    return verifyExport(lines(), { verifiers })
  }

  it('name what ran, under which policy, and every decision on its host calls, and prove themselves', async () => {
    slots.guest = async (host) => {
      for (const key_ of ['a', 'b', 'a']) await host.call('kv.get', { key: key_ })
      return answered()
    }
    const { executionId } = await invoke()
    await stack.writer.flush()
    await logged()
    const given = ExecutionReceipt.parse(await executions.receipt(callerOf(), executionId))
    const { rows } = await owner.query<{ id: string; revision: string }>(
      `SELECT id, revision FROM decision WHERE execution_id = $1 AND gate = 'capability' ORDER BY id`,
      [executionId],
    )
    expect(rows).toHaveLength(2)
    expect(given.receipt).toMatchObject({
      ...{ id: executionId, outcome: 'ok', digest: target.digest, artifact: target.artifact.digest, fuel: 1000 },
      decisions: rows.map(({ id }) => id),
      revision: rows[0]!.revision,
    })
    expect(verifyReceipt(given, verifiers)).toMatchObject({ proven: true })
    expect(stack.faults).toEqual([])
  })

  it.each(['killed', 'crashed', 'fuel_exhausted'] as const)('are left by what ended as %s', async (outcome) => {
    slots.guest = () => failed(outcome)
    const { details } = await invoke().then(
      () => Promise.reject(new Error('it answered')),
      (error: { details: { decisionId: string } }) => error,
    )
    await logged()
    const given = await executions.receipt(callerOf(), details.decisionId)
    expect(given.receipt).toMatchObject({ outcome, output_digest: null })
    expect(verifyReceipt(given, verifiers)).toMatchObject({ proven: true })
  })

  it('are seen by their organisation alone', async () => {
    const { executionId } = await invoke()
    await logged()
    const raised = { code: 'not_found' }
    await expect(executions.receipt(callerOf(randomUUID()), executionId)).rejects.toMatchObject(raised)
    const publisher = callerOf(randomUUID(), target.publisherId)
    await expect(executions.receipt(publisher, executionId)).rejects.toMatchObject(raised)
    await expect(executions.receipt(callerOf(), randomUUID())).rejects.toMatchObject(raised)
  })

  it('come after their checkpoint has', async () => {
    const { executionId } = await invoke()
    await stack.writer.flush()
    await expect(executions.receipt(callerOf(), executionId)).rejects.toMatchObject({ code: 'ledger.not_sequenced' })
  })

  it('verify in an export, and one that was altered is named', async () => {
    const { executionId } = await invoke()
    await logged()
    expect(await audit()).toMatchObject({ ok: true, sealed: 0, findings: [] })
    expect((await audit({ tenant: target.tenantId })).recomputed).toBeGreaterThan(1)
    expect(await audit({ tenant: randomUUID() })).toMatchObject({ ok: true, recomputed: 0 })
    await owner.query('UPDATE extension_execution_log SET fuel = fuel - 1 WHERE id = $1', [executionId])
    const receipt = receiptIdOf(executionId)
    expect(await audit()).toMatchObject({ ok: false, first_tampered: receipt })
    expect(verifyReceipt(await executions.receipt(callerOf(), executionId), verifiers)).toMatchObject({
      fault: 'receipt_altered',
    })
    await owner.query('DELETE FROM extension_execution_log WHERE id = $1', [executionId])
    expect((await audit()).findings).toMatchObject([{ fault: 'record_missing', ids: [receipt] }])
  })
})
