import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

const REASON = 'by degrees'
const shortOf = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)

/** No canary runs, and the policy that ships decides: the sealed one can begin. */
const idle = async (ground: Ground): Promise<string> => {
  const { canary } = await ground.client.get('policy.status', {})
  if (canary)
    await ground.client.get('canaries.revert', { params: { id: canary.id }, body: { reason: 'for the next' } })
  await ground.putInForce(ground.shipped)
  return ground.sealed()
}

/** A canary of the sealed policy, at its first step. */
const begun = async (ground: Ground): Promise<string> => {
  const revision = await idle(ground)
  await ground.client.call('canaries.start', { params: { revision }, body: { reason: REASON } })
  await ground.agree(revision)
  return (await running(ground))!.id
}

/** What runs, once what was agreed to has begun. */
const running = async (ground: Ground) => {
  const ask = () => ground.client.get('policy.status', {})
  return (await ground.world.eventually(ask, ({ canary }) => canary !== null)).canary
}

/** A canary, as far as two that were treated alike are alike. */
const effectOn = async (ground: Ground, id: string) => {
  const { state, percent, reason, ended_because } = await ground.client.get('canaries.show', { params: { id } })
  return { state, percent, reason, ended_because }
}

const start = faceCase({
  endpoint: 'canaries.start',
  arrange: idle,
  rest: (revision) => ({ params: { revision }, body: { reason: REASON } }),
  cli: (revision) => ['policy', 'canary', 'start', revision, '--reason', REASON],
  console: (revision) =>
    typed(`canary start . --reason "${REASON}"`, { row: shortOf(revision), confirm: shortOf(revision) }),
  effect: async (ground, revision) => {
    const { canary: before } = await ground.client.get('policy.status', {})
    await ground.agree(revision)
    const canary = await running(ground)
    const { percent, state, reason } = canary!
    return { held: before === null, is_of_revision: canary!.revision === revision, percent, state, reason }
  },
})

const list = faceCase({
  endpoint: 'canaries.list',
  arrange: begun,
  rest: () => ({ query: {} }),
  cli: () => ['policy', 'canary', 'list'],
  console: () => typed('canary list'),
  shows: ({ items }) => items.flatMap(({ id, state, revision, reason }) => [id, state, revision, reason]),
})

const show = faceCase({
  endpoint: 'canaries.show',
  arrange: begun,
  rest: (id) => ({ params: { id } }),
  cli: (id) => ['policy', 'canary', 'show', id],
  console: (id) => typed(`canary show ${id}`),
  shows: ({ state, revision, base_revision, reason, by }) => [state, revision, base_revision, reason, by],
})

const advance = faceCase({
  endpoint: 'canaries.advance',
  arrange: begun,
  rest: (id) => ({ params: { id }, body: { reason: REASON } }),
  cli: (id) => ['policy', 'canary', 'advance', id, '--reason', REASON],
  console: (id) => typed(`canary advance ${id} --reason "${REASON}"`, { confirm: 'advance' }),
  effect: effectOn,
})

const revert = faceCase({
  endpoint: 'canaries.revert',
  arrange: begun,
  rest: (id) => ({ params: { id }, body: { reason: REASON } }),
  cli: (id) => ['policy', 'canary', 'revert', id, '--reason', REASON],
  console: (id) => typed(`canary revert ${id} --reason "${REASON}"`),
  effect: effectOn,
})

/** Policies that take over by degrees. */
export const canaryCases: readonly Case[] = [start, list, show, advance, revert]
