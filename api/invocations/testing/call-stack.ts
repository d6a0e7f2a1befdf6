import { randomBytes } from 'node:crypto'
import { keyEncryptionKey } from '../../platform/keys/sealed-secret.js'
import { capabilityCatalogue } from '../../capabilities/catalogue.js'
import { EgressClient } from '../../platform/http/egress.client.js'
import { EventsRepository } from '../../capabilities/events.repository.js'
import { HostResolver } from '../../platform/http/host-resolver.js'
import { KvRepository } from '../../capabilities/kv.repository.js'
import type { GateService } from '../../gate/gate.service.js'
import type { KillState } from '../../killswitch/kill-state.service.js'
import { Ledger } from '../../ledger/ledger.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { Breakers } from '../breakers.js'
import { CallQuota } from '../call-quota.js'
import { CallRate } from '../call-rate.js'
import { ExecutionRecords } from '../execution-records.repository.js'
import { ExecutionWriter } from '../execution-writer.js'
import { Recordings } from '../replay/recordings.service.js'
import { Invocations, type InvocationParts } from '../invocations.service.js'
import { Spans } from '../../platform/telemetry/spans.js'

/** What calls run on: a real database, and gate and slots as a test or benchmark wants them. */
export interface CallGround {
  readonly database: Database
  readonly gate: GateService
  readonly kill: KillState
  readonly slots: InvocationParts['slots']
  /** Milliseconds; 30 s where absent. */
  readonly wallMs?: number
}

/** Invocations with everything below them, and what went wrong inside. */
export interface CallStack {
  readonly invocations: Invocations
  readonly writer: ExecutionWriter
  readonly recordings: Recordings
  readonly faults: unknown[]
}

/** Invocations on a given gate and slots, with every capability, no secrets and real records. */
export const callStack = ({ database, gate, kill, slots, wallMs = 30_000 }: CallGround): CallStack => {
  const faults: unknown[] = []
  const records = new ExecutionRecords(database.records)
  const ledger = new Ledger(database.records)
  const quota = new CallQuota((install, period) => records.callsUsed(install, period))
  const writer = new ExecutionWriter({ records, ledger, quota, onFault: (_what, error) => faults.push(error) })
  const capabilities = capabilityCatalogue({
    kv: new KvRepository(database),
    events: new EventsRepository(database),
    secrets: { openSecret: () => Promise.resolve(null) },
    resolver: new HostResolver([]),
    client: new EgressClient(),
  })
  const spans = new Spans(null)
  const broker = { capabilities, gate, ledger, kill, spans, onFault: (error: unknown) => void faults.push(error) }
  const isolation = { requireWall: () => undefined }
  const breakers = new Breakers()
  const recordings = new Recordings(database, keyEncryptionKey(randomBytes(32)))
  const counters = { quota, rate: new CallRate(), breakers }
  const parts = { gate, kill, slots, broker, writer, ...counters, isolation, recordings, operator: { wallMs } }
  return { invocations: new Invocations(parts), writer, recordings, faults }
}
