import { randomUUID } from 'node:crypto'
import { actionEntry } from '#contract/actions.js'
import type { Postgres } from '../demo/postgres.js'
import type { Ground } from './ground.js'
import type { Request } from './requests.js'

/** What came, or would come, of one request. */
export interface Verdict {
  readonly outcome: string
  /** Reason ids, sorted. */
  readonly reasons: readonly string[]
}

interface Told {
  readonly outcome: string
  readonly reasons: readonly { readonly id: string }[]
  readonly problem: { readonly code: string } | null
}

interface Sending {
  readonly ground: Ground
  readonly key: string
  readonly correlationId: string
}

const send = (
  { ground, key, correlationId }: Sending,
  { method, path, body, headers }: Request['sent'],
): Promise<Response> =>
  fetch(ground.url + path, {
    method,
    headers: {
      ...{ authorization: `Bearer ${key}`, 'x-correlation-id': correlationId, ...headers },
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })

/** What the service says would come of it. */
export const askedVerdict = async (ground: Ground, person: string, { question }: Request): Promise<Verdict> => {
  const sent = { method: 'POST', path: '/v1/access/explain', body: { person, ...question } }
  const response = await send({ ground, key: ground.asker, correlationId: randomUUID() }, sent)
  if (response.status !== 200) throw new Error(`${JSON.stringify(question)}: ${await response.text()}`)
  const { outcome, reasons, problem } = (await response.json()) as Told
  if (outcome === 'not_decided') return { outcome: problem?.code ?? 'unknown', reasons: [] }
  return { outcome, reasons: reasons.map(({ id }) => id).toSorted() }
}

/** A request that was sent: what came back, and by what its decision is found. */
export interface Sent {
  readonly correlationId: string
  /** The code of the problem that came; null where none did. */
  readonly code: string | null
}

/** Sends a request in earnest. */
export const sendReally = async (ground: Ground, key: string, { sent }: Request): Promise<Sent> => {
  const correlationId = randomUUID()
  const response = await send({ ground, key, correlationId }, sent)
  const text = await response.text()
  const code = response.status < 400 ? null : ((JSON.parse(text) as { code?: string }).code ?? String(response.status))
  return { correlationId, code }
}

/** Decisions on record, by correlation id; of a request that asked twice the first. */
export type Ledger = ReadonlyMap<string, Verdict>

/** The decisions that requests left in the ledger. */
export const readLedger = async (postgres: Postgres, all: readonly Sent[]): Promise<Ledger> => {
  const ids = all.map(({ correlationId }) => `'${correlationId}'`).join(', ')
  const rows = await postgres.query(
    `SELECT correlation_id, outcome, array_to_json(reasons) FROM decision WHERE correlation_id IN (${ids}) ORDER BY id DESC`,
  )
  return new Map(
    rows.map(([correlationId, outcome, reasons]) => [
      correlationId!,
      { outcome: outcome!, reasons: (JSON.parse(reasons ?? '[]') as string[]).toSorted() },
    ]),
  )
}

/** What ends a read before the gate is asked. Every read that the gate refuses is on record. */
const BEFORE_READS: ReadonlySet<string | null> = new Set(['auth.invalid', 'request.invalid'])

/** What really came of a request: the decision on record; where there is none, a read that was allowed, or why it came to none. */
export const realVerdict = (ledger: Ledger, { correlationId, code }: Sent, { question }: Request): Verdict => {
  const decided = ledger.get(correlationId)
  if (decided) return decided
  const allowed = code === null || (actionEntry(question.action).read !== undefined && !BEFORE_READS.has(code))
  return { outcome: allowed ? 'allow' : code, reasons: [] }
}
