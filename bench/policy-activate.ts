import { join } from 'node:path'
import { readBundleFolder } from '#engine/bundle.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import type { Gate } from '#contract/vocabulary.js'
import { startLoad, warmUp } from './policy-load.js'
import { activateFirst, followed, type Stage } from './policy-stage.js'

/** A pace that two cores hold with room to spare, so that what is late is late because of the activation. */
const PER_SECOND = 30
const ACTIVATIONS = 60
/** Between two of them, so that calls begin and end under each. */
const APART_MS = 250
const WITHIN_MS = 10_000
/** Slots begin and code is compiled by then, which is no cost of an activation. */
const WARM_UP_MS = 15_000
const PAGE = 2_000

/** Activation under load, over both instances. */
export interface ActivateFigures {
  /** From the request until the last instance says that it decides by the other revision. */
  readonly activate_ms_p99: number
  readonly activate_ms_p50: number
  readonly activations: number
  /** Decisions that replay to other bytes under the revision they name, and invocations decided by two revisions. */
  readonly mixed_decisions: number
  /** The invocations among them. */
  readonly mixed_invocations: number
  readonly decisions_by_revision: readonly number[]
  readonly invocations: number
  readonly requests: number
  /** Requests without the answer they must have. */
  readonly dropped: number
}

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0

/** Goes to and fro between two revisions while calls go on; the milliseconds of each. */
const toAndFro = async (
  stage: Stage,
  revisions: readonly string[],
  progress: (line: string) => void,
): Promise<number[]> => {
  const took: number[] = []
  for (let number = 0; number < ACTIVATIONS; number++) {
    const revision = revisions[number % revisions.length]!
    await new Promise((resolve) => setTimeout(resolve, APART_MS))
    const begun = performance.now()
    await stage.client.get('policy.rollback', { body: { revision, reason: 'a benchmark' } })
    await followed(stage, revision, Date.now() + WITHIN_MS)
    took.push(performance.now() - begun)
    if ((number + 1) % 20 === 0) progress(`${number + 1} of ${ACTIVATIONS} activations`)
  }
  return took
}

interface Row {
  readonly id: string
  readonly gate: Gate
  readonly revision: string
  readonly input: Buffer
  readonly answer: Buffer
}

/** Every decision of policy since a moment, evaluated again under the revision that it names. */
const replayed = async (stage: Stage, since: string) => {
  const engines = new Map<string, PolicyEngine>()
  const engineOf = async (revision: string): Promise<PolicyEngine> => {
    const known = engines.get(revision)
    if (known) return known
    const { rows } = await stage.records.query<{ name: string }>(
      'SELECT revision AS name FROM policy_revision WHERE $1 IN (revision, bundle_revision) LIMIT 1',
      [revision],
    )
    const folder = join(stage.world.data, 'policies', (rows[0]?.name ?? revision).replace(':', '-'))
    const engine = await loadPolicy(await readBundleFolder(folder))
    engines.set(revision, engine)
    return engine
  }
  const counts = new Map<string, number>()
  let [other, after] = [0, '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const { rows } = await stage.records.query<Row>(
      `SELECT id, gate, revision, input, answer FROM decision
       WHERE decided_by = 'policy' AND at >= $1 AND id > $2 ORDER BY id LIMIT ${PAGE}`,
      [since, after],
    )
    for (const { gate, revision, input, answer } of rows) {
      counts.set(revision, (counts.get(revision) ?? 0) + 1)
      const again = (await engineOf(revision)).evaluate(gate, input)
      if (!Buffer.from(again.answer).equals(answer)) other++
    }
    if (rows.length < PAGE) return { other, counts: [...counts.values()] }
    after = rows.at(-1)!.id
  }
}

/** Invocations since a moment, and those whose decisions name more than one revision. */
const invocations = async ({ records }: Stage, since: string) => {
  const { rows } = await records.query<{ all: number; mixed: number }>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE revisions > 1)::int AS mixed FROM
       (SELECT count(DISTINCT revision) AS revisions FROM decision
        WHERE (execution_id IS NOT NULL OR action = 'extension.invoke') AND at >= $1
        GROUP BY coalesce(execution_id, id)) AS one`,
    [since],
  )
  return rows[0]!
}

const now = async ({ records }: Stage): Promise<string> =>
  (await records.query<{ now: string }>('SELECT clock_timestamp()::text AS now')).rows[0]!.now

/** Activates under load, then looks at every decision that was made meanwhile. */
export const measureActivation = async (
  stage: Stage,
  other: string,
  progress: (line: string) => void,
): Promise<ActivateFigures> => {
  const { in_force } = await stage.client.get('policy.status', {})
  await activateFirst(stage, other)
  await warmUp(stage.calls(PER_SECOND, WARM_UP_MS))
  const since = await now(stage)
  const load = startLoad(stage.calls(PER_SECOND, null))
  const took = await toAndFro(stage, [in_force!, other], progress).finally(() => load.stop())
  const answered = await load.report
  if (answered.firstFailure) progress(`a request failed: ${answered.firstFailure}`)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const again = await replayed(stage, since)
  const invoked = await invocations(stage, since)
  return {
    activate_ms_p99: Math.round(quantile(took, 0.99) * 10) / 10,
    activate_ms_p50: Math.round(quantile(took, 0.5) * 10) / 10,
    activations: took.length,
    mixed_decisions: again.other + invoked.mixed,
    mixed_invocations: invoked.mixed,
    decisions_by_revision: again.counts,
    invocations: invoked.all,
    requests: answered.answers,
    dropped: answered.failures,
  }
}
