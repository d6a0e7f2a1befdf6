import { HAPPENED, installed, METHODS, runtimeToken, WALKED } from '../ground/extension.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walk, Walks } from '../walk.js'

/** A call, and the execution that it was. */
const called = async (ground: WalkGround, headers: Record<string, string> = {}): Promise<string> => {
  await installed(ground)
  const response = await ground.as('acme_admin').invoke(WALKED, '/things', { body: '{}', headers, key: false })
  return response.headers.get('x-gatehouse-decision-id') ?? ''
}
const executed = (ground: WalkGround) => ground.once('execution', () => called(ground))
const recorded = (ground: WalkGround) => ground.once('recording', () => called(ground, { 'gatehouse-record': 'true' }))

/** A call that nobody waits for, once it is done. */
const later = (ground: WalkGround): Promise<string> =>
  ground.once('later call', async () => {
    await installed(ground)
    const call = await ground.as('acme_admin').invokeLater(WALKED, '/things', { body: '{}' })
    await call.answer()
    return call.id
  })

const by =
  (method: string): Walk =>
  async (ground) => {
    await installed(ground)
    return ground.as('acme_member').invoke(WALKED, '/things', { method, ...(method !== 'GET' && { body: '{}' }) })
  }

/** The door to extensions, what ran behind it, and what it wrote. */
export const callWalks: Walks = {
  ...Object.fromEntries(METHODS.map((method) => [`gateway.call.${method.toLowerCase()}`, by(method)])),
  'gateway.call.post': [by('POST'), later],
  'calls.show': async (ground) => ground.as('acme_admin').get('calls.show', { params: { id: await later(ground) } }),
  'calls.result': async (ground) =>
    ground.as('acme_admin').send('calls.result', { params: { id: await later(ground) } }),
  'executions.list': (ground) => ground.as('acme_admin').get('executions.list', {}),
  'executions.show': async (ground) => {
    const params = { id: await executed(ground) }
    return ground.found(() => ground.as('acme_admin').get('executions.show', { params }))
  },
  'executions.receipt': async (ground) => {
    const params = { id: await executed(ground) }
    return ground.found(() => ground.as('acme_admin').get('executions.receipt', { params }))
  },
  'executions.replay': async (ground) => {
    const params = { id: await recorded(ground) }
    return ground.found(() => ground.as('acme_admin').get('executions.replay', { params }))
  },
  'executions.recording': async (ground) => {
    const params = { id: await recorded(ground) }
    return ground.found(() => ground.as('acme_owner').get('executions.recording', { params }))
  },
  'extensions.logs': async (ground) => {
    await executed(ground)
    return ground.as('acme_admin').get('extensions.logs', { params: { name: WALKED } })
  },
  'extensions.metrics': async (ground) => {
    await executed(ground)
    return ground.as('acme_admin').get('extensions.metrics', { params: { name: WALKED } })
  },
}

/** A host call by a runtime token. */
const host = async (ground: WalkGround, path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = { authorization: `Bearer ${await runtimeToken(ground)}`, ...(init.headers as object) }
  return fetch(`${ground.url}/ext-api/v1${path}`, { ...init, headers })
}
const sent = (ground: WalkGround, path: string, body: object): Promise<Response> =>
  host(ground, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const stored = async (ground: WalkGround): Promise<{ key: string; etag: string }> => {
  const key = ground.slug()
  const { headers } = await host(ground, `/kv/${key}`, { method: 'PUT', body: 'a value' })
  return { key, etag: headers.get('etag') ?? '' }
}

/** Host calls of extensions that run elsewhere. */
export const hostWalks: Walks = {
  'host.kvWrite': stored,
  'host.kvList': (ground) => host(ground, '/kv'),
  'host.kvRead': [
    async (ground) => host(ground, `/kv/${(await stored(ground)).key}`),
    async (ground) => {
      const { key, etag } = await stored(ground)
      return host(ground, `/kv/${key}`, { headers: { 'if-none-match': etag } })
    },
  ],
  'host.kvDelete': async (ground) => host(ground, `/kv/${(await stored(ground)).key}`, { method: 'DELETE' }),
  'host.fetch': (ground) => sent(ground, '/http', { url: `http://localhost:${ground.world.rates.port}/rates` }),
  'host.secret': (ground) => host(ground, '/secrets/TOKEN'),
  'host.config': (ground) => host(ground, '/config'),
  'host.publish': (ground) => sent(ground, '/events', { type: HAPPENED, data: { count: 1 } }),
  'host.log': (ground) => sent(ground, '/logs', { lines: [{ message: 'walked' }] }),
  'host.measure': (ground) =>
    sent(ground, '/metrics', { measurements: [{ kind: 'counter', name: 'walked', value: 1 }] }),
}

/** A delivery that failed as often as is tried. */
const dead = async (ground: WalkGround) => {
  await sent(ground, '/events', { type: HAPPENED, data: { count: 2 } })
  return ground.found(async () => {
    const { items } = await ground.as('acme_admin').get('deliveries.list', { query: { state: 'dead' } })
    if (!items[0]) throw new Error('no delivery is dead yet')
    return items[0]
  })
}

/** Events, and who gets them. */
export const eventWalks: Walks = {
  'events.list': (ground) => ground.as('acme_admin').get('events.list', {}),
  'deliveries.list': (ground) => ground.as('acme_admin').get('deliveries.list', {}),
  'deliveries.redeliver': async (ground) => {
    const { id } = await dead(ground)
    return ground.as('acme_owner').get('deliveries.redeliver', { params: { id } })
  },
}
