import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkBody, patchBody, scimWorld, userBody, type Connection, type ScimWorld } from '../testing/scim-world.js'

const PEOPLE = 500
const SHARE = PEOPLE / 10

let world: ScimWorld
beforeAll(async () => {
  world = await scimWorld()
}, 120_000)
afterAll(() => world?.stop())

const off = patchBody([{ op: 'replace', path: 'active', value: false }])
const OWNERS = ['acme', 'globex'] as const
type Org = (typeof OWNERS)[number]

/** A connection of an organisation that keeps as many people, and nobody else there does. */
const staffed = async (org: Org, name: string, count = PEOPLE): Promise<{ it: Connection; ids: string[] }> => {
  const it = await world.connect(`${org}_owner`)
  const ids: string[] = []
  for (let begin = 0; begin < count; begin += 100) {
    const many = Array.from({ length: Math.min(100, count - begin) }, (_, at) => `${name}${begin + at}@brake.example`)
    const { body } = await it.ask('POST', '/Bulk', {
      body: bulkBody(
        many.map((userName, at) => ({ method: 'POST', path: '/Users', bulkId: `b${at}`, data: userBody(userName) })),
      ),
    })
    ids.push(...body.Operations.map(({ location }: { location: string }) => location.split('/').at(-1)!))
  }
  return { it, ids }
}

/** Turns everybody off whom connections of an organisation keep, so that a test counts its own people alone. */
const clear = async (org: Org): Promise<void> => {
  const { owner } = world.service
  await owner.query('ALTER TABLE principal DISABLE TRIGGER USER')
  await owner.query(
    `UPDATE principal p SET disabled_at = now() FROM scim_user u, tenant t
     WHERE u.principal_id = p.id AND t.id = p.tenant_id AND t.slug LIKE $1 AND NOT p.roles && '{owner,admin}'`,
    [`${org}%`],
  )
  await owner.query('ALTER TABLE principal ENABLE TRIGGER USER')
}

const countActive = async (it: Connection): Promise<number> =>
  (await it.ask('GET', '/Users?filter=active%20eq%20true&count=0')).body.totalResults

interface Brake {
  readonly id: string
  readonly state: string
  readonly count: number
  readonly digest: string
  readonly passed: number
  readonly approval_id: string
  readonly changes: { person: string; what: string; group: string | null }[]
  readonly before: { person: string; what: string; undone_at: string | null }[]
}
const brakesOf = async ({ id }: Connection, as = 'acme_admin'): Promise<Brake[]> => {
  const { body } = await world.service.ask(as, 'GET', `/v1/scim/brakes?connection_id=${id}`)
  return body['items'] as Brake[]
}
const letGo: Record<string, (it: Connection, id: string) => Promise<{ status: number; headers: Headers }>> = {
  PATCH: (it, id) => it.ask('PATCH', `/Users/${id}`, { body: off }),
  PUT: async (it, id) => {
    const { body } = await it.ask('GET', `/Users/${id}`)
    return it.ask('PUT', `/Users/${id}`, { body: userBody(body.userName, { active: false }) })
  },
  DELETE: (it, id) => it.ask('DELETE', `/Users/${id}`),
}

describe('a connection that lets everybody go', () => {
  it.each(Object.keys(letGo))(
    'by %s gets as far as its share',
    async (method) => {
      await clear('acme')
      const { it, ids } = await staffed('acme', `m${method.toLowerCase()}`)
      const statuses: number[] = []
      for (const id of ids.slice(0, SHARE + 20)) statuses.push((await letGo[method]!(it, id)).status)
      expect(statuses.filter((status) => status < 300)).toHaveLength(SHARE)
      expect(new Set(statuses.slice(SHARE))).toEqual(new Set([429]))
      expect(await countActive(it)).toBe(PEOPLE - SHARE)
      const refused = await letGo[method]!(it, ids.at(-1)!)
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
      const [brake, ...others] = await brakesOf(it)
      expect(others).toEqual([])
      expect(brake).toMatchObject({
        state: 'held',
        count: 21,
        passed: SHARE,
        because: ['admin.scim_brake'],
        people: PEOPLE,
      })
      const { body: approval } = await world.service.ask('acme_admin', 'GET', `/v1/approvals/${brake!.approval_id}`)
      expect(approval).toMatchObject({ kind: 'scim_brake', state: 'open', waits_for_me: true })
      expect((approval['subject'] as { changes: object[] }).changes).toHaveLength(21)
    },
    120_000,
  )

  it('by Bulk gets as far as its share, operation by operation', async () => {
    await clear('acme')
    const { it, ids } = await staffed('acme', 'bulk')
    const answers = await it.ask('POST', '/Bulk', {
      body: bulkBody(ids.map((id) => ({ method: 'PATCH', path: `/Users/${id}`, data: off }))),
    })
    const statuses: string[] = answers.body.Operations.map(({ status }: { status: string }) => status)
    expect(statuses.filter((status) => status === '200')).toHaveLength(SHARE)
    expect(statuses.filter((status) => status === '429')).toHaveLength(PEOPLE - SHARE)
    expect(await countActive(it)).toBe(PEOPLE - SHARE)
    const brakes = await brakesOf(it)
    expect(brakes).toMatchObject([{ state: 'held', count: PEOPLE - SHARE, passed: SHARE }])
  }, 120_000)

  it('by two instances at once gets no further', async () => {
    await clear('acme')
    const { it, ids } = await staffed('acme', 'race')
    const other = await world.service.beside()
    try {
      const all = await Promise.all(
        ids
          .slice(0, 160)
          .map((id, at) => it.ask('PATCH', `/Users/${id}`, { body: off, ...(at % 2 === 1 && { url: other.url }) })),
      )
      expect(all.filter(({ status }) => status < 300)).toHaveLength(SHARE)
      expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 429]))
      expect(await countActive(it)).toBe(PEOPLE - SHARE)
      expect(await brakesOf(it)).toMatchObject([{ count: 160 - SHARE, passed: SHARE }])
    } finally {
      await other.stop()
    }
  }, 120_000)

  it('lets people of other organisations go as they are', async () => {
    await clear('acme')
    const { it, ids } = await staffed('acme', 'mine', 40)
    for (const id of ids.slice(0, 10)) await it.ask('DELETE', `/Users/${id}`)
    expect(await brakesOf(it)).toHaveLength(1)
    const [brake] = await brakesOf(it)
    const theirs = await staffed('globex', 'theirs', 20)
    expect((await theirs.it.ask('DELETE', `/Users/${theirs.ids[0]}`)).status).toBe(204)
    expect(await brakesOf(theirs.it, 'globex_admin')).toEqual([])
    expect((await world.service.ask('globex_admin', 'GET', `/v1/scim/brakes/${brake!.id}`)).status).toBe(404)
    for (const path of ['release', 'undo'])
      expect(
        (
          await world.service.ask('globex_owner', 'POST', `/v1/scim/brakes/${brake!.id}/${path}`, {
            ...(path === 'release' && { digest: brake!.digest }),
          })
        ).status,
      ).toBe(404)
  }, 60_000)
})
