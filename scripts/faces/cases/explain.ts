import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

/** The decision by which a draft was begun. */
const decision = async (ground: Ground): Promise<string> => (await ground.draft()).decision_id

const trace = faceCase({
  endpoint: 'decisions.trace',
  arrange: decision,
  rest: (id) => ({ params: { id } }),
  cli: (id) => ['policy', 'trace', id],
  console: (id) => typed(`trace ${id}`),
  shows: ({ expected_digest, revision, rules, facts }, id) => [
    ...[id, expected_digest, revision, ...rules.map(({ name }) => name), ...facts.map(({ path }) => path)],
  ],
})

/** A fact by which the answer is another. */
const NOBODY = { op: 'add' as const, path: '/actor/scopes', value: [] }

const tryIt = faceCase({
  endpoint: 'policy.try',
  arrange: decision,
  rest: (id) => ({ body: { decision: id, patch: [NOBODY] } }),
  cli: (id) => ['policy', 'try', '--decision', id, '--set', `${NOBODY.path}=[]`],
  console: (id) => typed(`try --decision ${id} --set ${NOBODY.path}=[]`),
  shows: ({ action, gate, revision, reasons }) => [action, gate, revision, ...reasons.map(({ id }) => id)],
})

const replay = faceCase({
  endpoint: 'decisions.replay',
  arrange: decision,
  rest: (id) => ({ params: { id } }),
  cli: (id) => ['decisions', 'replay', id],
  console: (id) => typed(`decisions replay ${id}`),
  shows: ({ actual_digest }) => [actual_digest],
})

/** What policy is asked about decisions. */
export const explainCases: readonly Case[] = [trace, tryIt, replay]
