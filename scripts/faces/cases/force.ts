import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

const REASON = 'owners make keys'

const nothing = async (): Promise<undefined> => undefined
const shortOf = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)

/** The newest change of what is in force, as far as it is alike by every face. */
const newest = async (ground: Ground, wanted: string) => {
  const { activations } = await ground.client.get('policy.history', {})
  const [last] = activations
  return { is_in_force: last?.revision === wanted, kind: last?.kind, reason: last?.reason, by: last?.by }
}

const show = faceCase({
  endpoint: 'policy.show',
  arrange: nothing,
  rest: () => ({}),
  cli: () => ['policy', 'show'],
  console: () => typed('show'),
  shows: ({ revision, rules }) => [revision, ...rules.flatMap(({ id, title, file }) => [id, title, file])],
})

const status = faceCase({
  endpoint: 'policy.status',
  arrange: nothing,
  rest: () => ({}),
  cli: () => ['policy', 'status'],
  console: () => typed('status'),
  shows: ({ in_force, instances }) => [String(in_force), ...instances.map(({ node }) => node)],
})

const history = faceCase({
  endpoint: 'policy.history',
  arrange: async (ground) => ground.putInForce(await ground.sealed()),
  rest: () => ({}),
  cli: () => ['policy', 'history'],
  console: () => typed('history'),
  shows: ({ activations }) => activations.flatMap(({ revision, kind, reason }) => [revision, kind, reason]),
})

const revisions = faceCase({
  endpoint: 'policy.revisions',
  arrange: (ground) => ground.sealed(),
  rest: () => ({}),
  cli: () => ['policy', 'revisions'],
  console: () => typed('revisions'),
  shows: (answer) => answer.revisions.flatMap(({ revision, sealed_by }) => [revision, sealed_by]),
})

const diff = faceCase({
  endpoint: 'policy.diff',
  arrange: (ground) => ground.sealed(),
  rest: (revision) => ({ params: { revision }, query: {} }),
  cli: (revision) => ['policy', 'diff', revision],
  console: (revision) => typed(`diff ${revision}`),
  shows: ({ files, meaning }) => [
    ...files.flatMap(({ path, change }) => [path, change]),
    ...(meaning?.data ?? []).map(({ id }) => id),
  ],
})

const activate = faceCase({
  endpoint: 'policy.activate',
  arrange: async (ground) => {
    await ground.putInForce(ground.shipped)
    return ground.sealed()
  },
  rest: (revision) => ({ params: { revision }, body: { reason: REASON } }),
  cli: (revision) => ['policy', 'activate', revision, '--reason', REASON],
  console: (revision) =>
    typed(`activate . --reason "${REASON}"`, { row: shortOf(revision), confirm: shortOf(revision) }),
  effect: async (ground, revision) => {
    const { is_in_force } = await newest(ground, revision)
    await ground.agree(revision)
    await ground.decidesBy(revision)
    return { held: !is_in_force, ...(await newest(ground, revision)) }
  },
})

const breakGlass = faceCase({
  endpoint: 'policy.activate',
  variant: 'by break-glass',
  arrange: async (ground) => {
    await ground.putInForce(ground.shipped)
    return ground.sealed()
  },
  rest: (revision) => ({ params: { revision }, body: { reason: REASON, break_glass: { expires_in_s: 3_600 } } }),
  cli: (revision) => ['policy', 'activate', revision, '--reason', REASON, '--break-glass', '1h'],
  console: (revision) =>
    typed(`activate . --break-glass 1h --reason "${REASON}"`, {
      ...{ row: shortOf(revision), confirm: shortOf(revision) },
    }),
  effect: async (ground, revision) => {
    const held = !(await newest(ground, revision)).is_in_force
    await ground.agree(revision)
    const one_suffices = (await newest(ground, revision)).is_in_force
    await ground.vote('operator', ({ subject }) => (subject as { revision?: string }).revision === revision)
    await ground.decidesBy(revision)
    const { break_glass } = await ground.client.get('policy.status', {})
    return { held, one_suffices, ...(await newest(ground, revision)), until: break_glass !== null }
  },
})

const rollback = faceCase({
  endpoint: 'policy.rollback',
  arrange: async (ground) => {
    await ground.putInForce(await ground.sealed())
    return ground.shipped
  },
  rest: (revision) => ({ body: { revision, reason: REASON } }),
  cli: (revision) => ['policy', 'rollback', revision, '--reason', REASON],
  console: (revision) =>
    typed(`rollback . --reason "${REASON}"`, { row: shortOf(revision), confirm: shortOf(revision) }),
  effect: async (ground, revision) => {
    await ground.decidesBy(revision)
    return newest(ground, revision)
  },
})

const agents = faceCase({
  endpoint: 'agents.list',
  arrange: async (ground) => {
    const owner = ground.as('acme_owner')
    const body = { name: ground.fresh('Envoy'), kind: 'service_account' as const, roles: ['opa_agent' as const] }
    const { id } = await owner.get('people.create', { body })
    const { secret } = await owner.get('keys.create', { body: { name: 'opa', principal_id: id } })
    const agent = ground.fresh('agent').replace(' ', '-')
    const authorization = `Bearer ${secret}`
    await ground.client.send(
      'agents.status',
      { body: { labels: { id: agent, app: 'envoy' } } },
      { headers: { authorization } },
    )
    return agent
  },
  rest: () => ({ query: {} }),
  cli: () => ['policy', 'agents'],
  console: () => typed('agents'),
  shows: ({ items }, agent) => [agent, ...items.map(({ id }) => id)],
})

/** What decides, and changing that. */
export const forceCases: readonly Case[] = [
  activate,
  breakGlass,
  rollback,
  show,
  status,
  history,
  revisions,
  diff,
  agents,
]
