import type { Person, World } from '../scripts/demo/world.js'
import { median } from './gate-measure.js'
import { startLoad, warmUp } from './policy-load.js'
import type { Stage } from './policy-stage.js'

const PER_SECOND = 30
const PHASE_MS = 6_000
const PAIRS = 7
const FOLLOWED_WITHIN_MS = 10_000
const [ADMIN, OWNER]: [Person, Person] = ['acme_admin', 'acme_owner']

/** Asked about every decision of the organisation, and true of none that the benchmark makes. */
const RULE = `package tenant

restrictions contains {
	"effect": "deny",
	"reason": "tenant.key_needs_owner",
	"message": "Keys are made by owners here",
	"remedy": "Ask an owner to make the key",
} if {
	input.action == "key.create"
	not "owner" in input.actor.roles
}
`
const TEST = `package tenant_test

import data.tenant

test_an_admin_makes_no_key if {
	some said in tenant.restrictions with input as {"action": "key.create", "actor": {"roles": ["admin"]}}
	said.reason == "tenant.key_needs_owner"
}

test_an_owner_does if {
	count(tenant.restrictions) == 0 with input as {"action": "key.create", "actor": {"roles": ["owner"]}}
}
`

/** Median latency of a governed call with restrictions of its organisation over that without any: the median of pairs. */
export interface TenantFigures {
  readonly tenant_policy_cost: number
}

const asked = async (world: World, path: string, sent: { method?: string; body?: object } = {}) => {
  const answer = await world.request(ADMIN, path, sent)
  if (answer.status >= 300) throw new Error(`${sent.method ?? 'GET'} ${path} failed: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Puts the restrictions in force, by two people of the organisation; the number of that change. */
const restrict = async (world: World): Promise<number> => {
  const path = '/v1/tenant-policy/draft'
  const written = await asked(world, path, { method: 'PUT', body: { source: RULE, tests: TEST, version: null } })
  const checked = await asked(world, `${path}/check`, { method: 'POST', body: { version: written['version'] } })
  const body = { version: checked['version'], reason: 'a benchmark' }
  const held = await asked(world, `${path}/activate`, { method: 'POST', body })
  const { id } = held['approval'] as { id: string }
  const voted = await world.cli(OWNER, 'approvals', 'approve', id)
  if (voted.code !== 0) throw new Error(`nobody agreed: ${voted.stdout}`)
  const inForce = await world.eventually(
    () => asked(world, '/v1/tenant-policy'),
    (status) => status['in_force'] !== null && status['follows'] === true,
    FOLLOWED_WITHIN_MS,
  )
  return (inForce['in_force'] as { seq: number }).seq
}

/** Goes back to a change, or with 0 to no restrictions, and waits until that is followed. */
const goBack = async (world: World, to: number): Promise<void> => {
  await asked(world, '/v1/tenant-policy/rollback', { method: 'POST', body: { to, reason: 'a benchmark' } })
  await world.eventually(
    () => asked(world, '/v1/tenant-policy'),
    (status) => status['follows'] === true,
    FOLLOWED_WITHIN_MS,
  )
}

/** Calls with and without restrictions in turns. */
export const measureTenant = async (
  stage: Stage,
  _other: string,
  progress: (line: string) => void,
): Promise<TenantFigures> => {
  const phase = async (): Promise<number> => {
    const report = await startLoad(stage.calls(PER_SECOND, PHASE_MS)).report
    if (report.firstFailure) throw new Error(`a call failed: ${report.firstFailure}`)
    return report.p50Ms
  }
  await warmUp(stage.calls(PER_SECOND, PHASE_MS))
  const change = await restrict(stage.world)
  const ratios: number[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    const restricted = await phase()
    await goBack(stage.world, 0)
    ratios.push(restricted / (await phase()))
    if (pair < PAIRS - 1) await goBack(stage.world, change)
    progress(`pair ${pair + 1} of ${PAIRS}`)
  }
  return { tenant_policy_cost: Math.round(median(ratios) * 1_000) / 1_000 }
}
