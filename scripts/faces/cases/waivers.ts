import { shown } from '../../demo/step.js'
import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

const REASON = 'install.yanked'
const DAY_MS = 86_400_000
const ENOUGH = 'the mended version is out'

interface Wanted {
  readonly tenant: string
  readonly until: string
  readonly why: string
}

/** An exception that nobody has asked for yet; its `why` is its own. */
const wanted = async (ground: Ground): Promise<Wanted> => {
  const { tenant } = await ground.as('acme_admin').get('whoami.show', {})
  shown(tenant !== null, 'whoever acts belongs to an organisation', tenant)
  const until = new Date(Date.now() + DAY_MS).toISOString()
  return { tenant: tenant.id, until, why: ground.fresh('the mended version ships soon') }
}

const asked = ({ tenant, until, why }: Wanted) => ({
  body: { reason: REASON, subject: { kind: 'tenant' as const, id: tenant }, until, why },
})

const found = async (ground: Ground, why: string) => {
  const { items } = await ground.client.get('waivers.list', { query: { limit: 100 } })
  return items.find((item) => item.why === why)
}

/** The second person agrees; the waiver, which is granted soon after. */
const agreed = async (ground: Ground, why: string) => {
  await ground.vote('reviewer', ({ action }) => action === 'waiver.grant')
  const waiver = await ground.world.eventually(
    () => found(ground, why),
    (one) => one !== undefined,
  )
  shown(waiver !== undefined, 'the waiver is granted', why)
  return waiver
}

/** One that two people agreed to. */
const granted = async (ground: Ground) => {
  const one = await wanted(ground)
  await ground.client.call('waivers.request', asked(one))
  return agreed(ground, one.why)
}

const alike = async (ground: Ground, why: string) => {
  const waiver = await found(ground, why)
  if (!waiver) return null
  const { reason, subject, state, revoked_because } = waiver
  return { reason, subject, state, revoked_because }
}

const request = faceCase({
  endpoint: 'waivers.request',
  arrange: wanted,
  rest: asked,
  cli: ({ tenant, until, why }) => [
    ...['policy', 'waivers', 'request', REASON, '--tenant', tenant, '--until', until, '--reason', why],
  ],
  console: ({ tenant, until, why }) =>
    typed(`request ${REASON} --tenant ${tenant} --until ${until} --reason "${why}"`, {
      screen: 'waivers',
      confirm: '',
    }),
  effect: async (ground, { why }) => {
    const before = await alike(ground, why)
    await agreed(ground, why)
    return { before, after: await alike(ground, why) }
  },
})

const list = faceCase({
  endpoint: 'waivers.list',
  arrange: granted,
  rest: () => ({ query: {} }),
  cli: () => ['policy', 'waivers', 'list'],
  console: () => typed('policy waivers list', { screen: 'waivers' }),
  shows: ({ items }) => items.flatMap(({ id, state, reason, why }) => [id, state, reason, why]),
})

const show = faceCase({
  endpoint: 'waivers.show',
  arrange: granted,
  rest: ({ id }) => ({ params: { id } }),
  cli: ({ id }) => ['policy', 'waivers', 'show', id],
  console: ({ id }) => typed(`show ${id}`, { screen: 'waivers' }),
  shows: ({ reason, state, until, why, asked_by }) => [reason, state, until, why, asked_by],
})

const revoke = faceCase({
  endpoint: 'waivers.revoke',
  arrange: granted,
  rest: ({ id }) => ({ params: { id }, body: { why: ENOUGH } }),
  cli: ({ id }) => ['policy', 'waivers', 'revoke', id, '--reason', ENOUGH],
  console: ({ id }) => typed(`revoke ${id} --reason "${ENOUGH}"`, { screen: 'waivers', confirm: '' }),
  effect: (ground, { why }) => alike(ground, why),
})

/** Exceptions with an end. */
export const waiverCases: readonly Case[] = [request, list, show, revoke]
