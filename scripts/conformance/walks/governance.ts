import { approve, another } from '../ground/extension.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walk, Walks } from '../walk.js'

const killed = async (ground: WalkGround): Promise<string> => {
  const body = { scope: 'extension' as const, target: await another(ground), reason: 'a drill' }
  return (await ground.as('security_lead').get('kills.engage', { body })).order.id
}

/** Something that waits for a second person. */
const held = async (ground: WalkGround): Promise<string> => {
  const reply = await ground
    .as('security_lead')
    .call('kills.release', { params: { id: await killed(ground) }, body: { reason: 'the drill is over' } })
  if (reply.kind !== 'held') throw new Error('a release is not held')
  return reply.approval.id
}

const decision = (ground: WalkGround): Promise<string> =>
  ground.once('decision', async () => {
    const { id } = await ground
      .as('operator')
      .get('tenants.list', {})
      .then(({ items }) => items[0]!)
    const { items } = await ground.as('operator').get('decisions.list', { query: { tenant: id } })
    return items[0]!.id
  })

const text =
  (path: string): Walk =>
  (ground) =>
    ground.as('operator').fetch(path, { method: 'GET' })

/** Kill switches and what waits for people. */
export const stopWalks: Walks = {
  'kills.list': (ground) => ground.as('security_lead').get('kills.list', {}),
  'kills.engage': killed,
  'kills.release': held,
  'approvals.list': (ground) => ground.as('reviewer').get('approvals.list', {}),
  'approvals.show': async (ground) =>
    ground.as('reviewer').get('approvals.show', { params: { id: await held(ground) } }),
  'approvals.vote': async (ground) => approve(ground, await held(ground)),
}

/** Decisions, and the log that proves them. */
export const auditWalks: Walks = {
  'decisions.list': [
    (ground) => ground.as('operator').get('decisions.list', {}),
    (ground) => ground.as('operator').get('decisions.list', { query: { after: 'begin', wait: 1 } }),
  ],
  'decisions.show': async (ground) =>
    ground.as('operator').get('decisions.show', { params: { id: await decision(ground) }, query: { facts: 'true' } }),
  'decisions.export': [text('/v1/decisions/export'), text('/v1/decisions/export?format=opa')],
  'ledger.checkpoint': (ground) => ground.as('operator').get('ledger.checkpoint', {}),
  'ledger.keys': (ground) => ground.as('operator').get('ledger.keys', {}),
  'ledger.inclusion': async (ground) => {
    const query = { entry: await decision(ground) }
    return ground.found(() => ground.as('operator').get('ledger.inclusion', { query }))
  },
  'ledger.consistency': (ground) => ground.as('operator').get('ledger.consistency', { query: { from: 1 } }),
  'ledger.export': text('/v1/ledger/export'),
}

/** The key of a service account that an OPA agent comes with. */
const agent = (ground: WalkGround): Promise<{ authorization: string }> =>
  ground.once('agent', async () => {
    const owner = ground.as('acme_owner')
    const body = { name: 'Envoy', kind: 'service_account' as const, roles: ['opa_agent' as const] }
    const { id } = await owner.get('people.create', { body })
    const { secret } = await owner.get('keys.create', { body: { name: 'opa', principal_id: id } })
    return { authorization: `Bearer ${secret}` }
  })

const asAgent = async (ground: WalkGround, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${ground.url}/v1/opa${path}`, { ...init, headers: { ...init.headers, ...(await agent(ground)) } })

const bundleTwice =
  (path: string): Walk =>
  async (ground) => {
    const { headers } = await asAgent(ground, path)
    return asAgent(ground, path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  }

const reported = (ground: WalkGround, path: string, body: unknown): Promise<Response> =>
  asAgent(ground, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const labels = { id: 'walk', app: 'envoy' }
const logged = {
  ...{ labels, decision_id: 'walk-1', path: 'governance/admin/decision', timestamp: '2026-01-31T09:30:00Z' },
  ...{ input: {}, result: {} },
}

/** What stock OPA agents speak. */
export const agentWalks: Walks = {
  'agents.bundle': bundleTwice('/bundles/gatehouse'),
  'agents.discovery': bundleTwice('/discovery'),
  'agents.status': (ground) => reported(ground, '/status', { labels }),
  'agents.logs': (ground) => reported(ground, '/logs', [logged]),
  'agents.decisions': (ground) => ground.as('operator').get('agents.decisions', {}),
}
