import { randomUUID } from 'node:crypto'
import { callTarget } from '../../capabilities/testing/call-target.js'
import { actorOf, testGate, type TestGate } from '../../gate/testing/test-gate.js'
import type { CallTarget } from '../../installs/call-target.js'
import { callStack, type CallStack } from '../../invocations/testing/call-stack.js'
import { FakeSlots } from '../../invocations/testing/fake-slots.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import type { GatewayAnswer } from '../ending.rules.js'
import { Gateway } from '../gateway.service.js'
import { KeptCallRecords } from '../kept-calls.repository.js'
import { KeptCalls } from '../kept-calls.service.js'

/** What a test sends; `POST /run` with `{}` where nothing is said. */
export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly caller?: Caller
}

/** A gateway as one instance has it, on slots whose guest is a function, a policy that is one, and a real database. */
export interface FakeGateway extends TestGate {
  readonly slots: FakeSlots
  readonly stack: CallStack
  readonly kept: KeptCalls
  readonly records: KeptCallRecords
  send(sent?: Sent): Promise<GatewayAnswer>
}

/** Someone of an organisation who may call extensions. */
export const callerOf = (tenantId: string, id?: string): Caller => ({
  principalId: randomUUID(),
  keyId: randomUUID(),
  tenantId,
  tenant: { id: tenantId, status: 'active', standing: {} },
  actor: actorOf(tenantId, { scopes: ['extensions:invoke'], ...(id && { id }) }),
  correlationId: 'test',
})

/** The gateway of the instance `node` for one install. Its lease is kept by the test. */
export const fakeGateway = async (
  database: Database,
  { node, target = callTarget(), waitMs = 10_000 }: { node: string; target?: CallTarget; waitMs?: number },
): Promise<FakeGateway> => {
  const gate = await testGate(database)
  const slots = new FakeSlots()
  const stack = callStack({ database, gate: gate.gate, kill: gate.kills, slots })
  const records = new KeptCallRecords(database)
  const kept = new KeptCalls({ records, node, waitMs, onFault: (error) => stack.faults.push(error) })
  const installs = {
    resolveForCall: async (tenantId: string, extension: string) =>
      tenantId === target.tenantId && extension === target.extension ? target : null,
  }
  const gateway = new Gateway({ installs, invocations: stack.invocations, kept })
  const somebody = callerOf(target.tenantId)
  const send = ({ method = 'POST', path = '/run', headers = {}, body = '{}', caller = somebody }: Sent = {}) =>
    gateway.call(caller, target.extension, {
      ...{ method, headers, body: Buffer.from(body) },
      url: `/api/ext/${target.extension}${path}`,
    })
  return { ...gate, slots, stack, kept, records, send }
}
