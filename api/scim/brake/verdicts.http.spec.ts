import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkBody, groupBody, patchBody, scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

const FLOOR = 3

let world: ScimWorld
beforeAll(async () => {
  world = await scimWorld()
}, 120_000)
afterAll(() => world?.stop())

const off = patchBody([{ op: 'replace', path: 'active', value: false }])
let names = 0

/** A connection with people of its own; few enough that three may go. */
const staffed = async (count = 8): Promise<{ it: Connection; ids: string[] }> => {
  const it = await world.connect('acme_owner')
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push((await it.user(`v${++names}@brake.example`)).id)
  return { it, ids }
}
const turnOff = (it: Connection, id: string) => it.ask('PATCH', `/Users/${id}`, { body: off })
const statusOf = async (answer: ReturnType<Connection['ask']>): Promise<number> => (await answer).status
const isActive = async (it: Connection, id: string): Promise<unknown> =>
  (await it.ask('GET', `/Users/${id}`)).body.active

interface Brake {
  readonly id: string
  readonly state: string
  readonly count: number
  readonly digest: string
  readonly approval_id: string
  readonly changes: { person: string; name: string; what: string; group: string | null }[]
  readonly before: { person: string; what: string; undone_at: string | null }[]
}
const ask = (as: string, method: string, path: string, body?: object) => world.service.ask(as, method, path, body)
const brakesOf = async ({ id }: Connection): Promise<Brake[]> =>
  (await ask('acme_admin', 'GET', `/v1/scim/brakes?connection_id=${id}`)).body['items'] as Brake[]
const shown = async (id: string): Promise<Brake> =>
  (await ask('acme_admin', 'GET', `/v1/scim/brakes/${id}`)).body as unknown as Brake
const approvalOf = async ({ approval_id }: Pick<Brake, 'approval_id'>) =>
  (await ask('acme_admin', 'GET', `/v1/approvals/${approval_id}`)).body
const voteOn = (id: string, verdict: 'approve' | 'deny', subject_digest: unknown, as = 'acme_admin') =>
  ask(as, 'POST', `/v1/approvals/${id}/votes`, { verdict, subject_digest, comment: '' })
const vote = async (brake: Brake, verdict: 'approve' | 'deny') =>
  voteOn(brake.approval_id, verdict, (await approvalOf(brake))['subject_digest'])

/** Waits until a brake stands as it should; what was said to it is acted on a moment later. */
const until = async (id: string, state: string): Promise<Brake> => {
  const begun = Date.now()
  let brake = await shown(id)
  while (brake.state !== state && Date.now() - begun < 15_000) brake = await shown(id)
  expect(brake.state).toBe(state)
  return brake
}

/** A brake that holds off everybody but the first three. */
const tripped = async (count = 8) => {
  const { it, ids } = await staffed(count)
  const statuses: number[] = []
  for (const id of ids.slice(0, FLOOR + 2)) statuses.push(await statusOf(turnOff(it, id)))
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  const [brake] = await brakesOf(it)
  return { it, ids, brake: brake! }
}

/** Everybody whom connections keep is turned off, but those who administer: what a test counts is its own. */
const clear = async (): Promise<void> => {
  const { owner } = world.service
  await owner.query('ALTER TABLE principal DISABLE TRIGGER USER')
  await owner.query(
    `UPDATE principal p SET disabled_at = now() FROM scim_user u WHERE u.principal_id = p.id AND NOT p.roles && '{owner,admin}'`,
  )
  await owner.query('ALTER TABLE principal ENABLE TRIGGER USER')
}

describe('what people say to a brake', () => {
  it('released: what is listed passes when it is sent again, and nothing else', async () => {
    await clear()
    const { it, ids, brake } = await tripped()
    expect((await vote(brake, 'approve')).status).toBe(201)
    await until(brake.id, 'released')
    expect(await statusOf(turnOff(it, ids[3]!))).toBe(200)
    expect(await isActive(it, ids[3]!)).toBe(false)
    // A deletion is not what was listed, and the others are not either.
    expect(await statusOf(it.ask('DELETE', `/Users/${ids[4]}`))).toBe(429)
    expect(await statusOf(turnOff(it, ids[5]!))).toBe(429)
    expect(await statusOf(turnOff(it, ids[4]!))).toBe(200)
    const [second, first] = await brakesOf(it)
    expect([first!.state, second!.state, second!.count]).toEqual(['released', 'held', 2])
    const { body } = await ask('acme_admin', 'GET', `/v1/decisions?action=scim.release&resource=${brake.id}&limit=1`)
    expect((body['items'] as object[])[0]).toMatchObject({ outcome: 'allow' })
  })

  it('rejected: what is listed stays refused in plain words, until somebody releases it', async () => {
    await clear()
    const { it, ids, brake } = await tripped()
    expect((await vote(brake, 'deny')).status).toBe(201)
    await until(brake.id, 'rejected')
    const refused = await turnOff(it, ids[3]!)
    expect([refused.status, Number(refused.headers.get('retry-after')) >= 3000]).toEqual([429, true])
    expect(refused.body.detail).toContain('gatehouse scim brake release')
    expect(await isActive(it, ids[3]!)).toBe(true)
    const wrong = await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake.id}/release`, {
      digest: `sha256:${'0'.repeat(64)}`,
    })
    expect(wrong).toMatchObject({ status: 403, body: { reasons: [{ id: 'admin.scim_brake_list_changed' }] } })
    expect(
      (await ask('acme_member', 'POST', `/v1/scim/brakes/${brake.id}/release`, { digest: brake.digest })).status,
    ).toBe(403)
    const released = await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake.id}/release`, { digest: brake.digest })
    expect(released).toMatchObject({ status: 200, body: { state: 'released' } })
    expect(await statusOf(turnOff(it, ids[3]!))).toBe(200)
  })

  it('is for what they were shown: a list that grew takes another look, and after a vote another approval', async () => {
    await clear()
    const { it, ids, brake } = await tripped()
    const before = (await approvalOf(brake))['subject_digest']
    await turnOff(it, ids[5]!)
    await turnOff(it, ids[5]!)
    expect(await brakesOf(it)).toMatchObject([{ id: brake.id, count: 3 }])
    const stale = await voteOn(brake.approval_id, 'approve', before)
    expect(stale).toMatchObject({ status: 403, body: { reasons: [{ id: 'admin.vote_digest_mismatch' }] } })
    const conflict = await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake.id}/release`, { digest: brake.digest })
    expect(conflict.status).toBe(409)
    expect((await vote(brake, 'approve')).status).toBe(201)
    await until(brake.id, 'released')
    await turnOff(it, ids[6]!)
    expect((await brakesOf(it)).map(({ count }) => count)).toEqual([1, 3])
  })

  it.each([
    ['what the brake lists', `UPDATE scim_brake_change SET principal_id = $2 WHERE brake_id = $1 AND seq = 1`],
    [
      'what the approval says',
      `UPDATE approval SET subject = jsonb_set(subject, '{changes,0,person}', to_jsonb($2::text))
       WHERE id = (SELECT approval_id FROM scim_brake WHERE id = $1)`,
    ],
  ])('opens nothing where somebody edited %s', async (_name, edit) => {
    await clear()
    const { it, ids, brake } = await tripped()
    const { owner } = world.service
    for (const table of ['scim_brake_change', 'approval'])
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER governed`)
    await owner.query(edit, [brake.id, ids[7]])
    for (const table of ['scim_brake_change', 'approval'])
      await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER governed`)
    expect((await vote(brake, 'approve')).status).toBe(201)
    const denied = async (): Promise<boolean> => {
      const query = `action=scim.release&outcome=deny&resource=${brake.id}`
      return ((await ask('acme_admin', 'GET', `/v1/decisions?${query}`)).body['items'] as object[]).length > 0
    }
    const begun = Date.now()
    while (!(await denied()) && Date.now() - begun < 15_000);
    expect(await denied()).toBe(true)
    for (const id of [ids[3]!, ids[7]!]) expect(await statusOf(turnOff(it, id))).toBe(429)
  })

  it('is asked of people only once it is kept whole: a list that could not be kept is kept when it is sent again', async () => {
    await clear()
    const { it, ids } = await staffed()
    const { owner } = world.service
    await owner.query(`CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`)
    await owner.query('CREATE TRIGGER breaks BEFORE INSERT ON scim_brake_change FOR EACH ROW EXECUTE FUNCTION breaks()')
    for (const id of ids.slice(0, 3)) await turnOff(it, id)
    expect(await statusOf(turnOff(it, ids[3]!))).toBe(429)
    const open = async () =>
      (
        await owner.query(
          `SELECT FROM approval WHERE subject->>'connection' = (SELECT name FROM scim_connection WHERE id = $1)`,
          [it.id],
        )
      ).rowCount
    expect([await brakesOf(it), await open(), await isActive(it, ids[3]!)]).toEqual([[], 0, true])
    await owner.query('DROP TRIGGER breaks ON scim_brake_change')
    expect(await statusOf(turnOff(it, ids[3]!))).toBe(429)
    expect([(await brakesOf(it)).length, await open()]).toEqual([1, 1])
  })
})

describe('undo', () => {
  it('brings back whoever passed before, with their groups, and keeps the provider from letting them go again', async () => {
    await clear()
    const { it, ids } = await staffed()
    const group = await it.group('Everybody', ids)
    await it.ask('DELETE', `/Users/${ids[0]}`)
    await turnOff(it, ids[1]!)
    await turnOff(it, ids[2]!)
    expect(await statusOf(turnOff(it, ids[3]!))).toBe(429)
    const brake = await shown((await brakesOf(it))[0]!.id)
    expect(brake.before.map(({ person, what }) => [person, what])).toEqual([
      [ids[0], 'deleted'],
      [ids[1], 'deactivated'],
      [ids[2], 'deactivated'],
    ])
    const { body } = await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake.id}/undo`)
    expect(body).toMatchObject({ failed: [], left: 0 })
    const restored = body['restored'] as { person: string; decision_id: string }[]
    expect(restored.map(({ person }) => person)).toEqual([ids[2], ids[1], ids[0]])
    expect(new Set(restored.map(({ decision_id }) => decision_id)).size).toBe(3)
    for (const id of ids) expect(await isActive(it, id)).toBe(true)
    const { body: members } = await it.ask('GET', `/Groups/${group.id}`)
    expect(members.members.map(({ value }: { value: string }) => value).toSorted()).toEqual(ids.toSorted())
    expect((await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake.id}/undo`)).body).toEqual({
      ...{ restored: [], failed: [], left: 0 },
    })
    await vote(brake, 'deny')
    await until(brake.id, 'rejected')
    expect(await statusOf(turnOff(it, ids[1]!))).toBe(429)
  })

  it('leaves whoever cannot come back, and says why', async () => {
    await clear()
    const { it, ids } = await staffed()
    const { body: first } = await it.ask('GET', `/Users/${ids[0]}`)
    for (const id of ids.slice(0, 4)) await it.ask('DELETE', `/Users/${id}`)
    await it.user(first.userName)
    const [brake] = await brakesOf(it)
    const { body } = await ask('acme_admin', 'POST', `/v1/scim/brakes/${brake!.id}/undo`)
    expect(body).toMatchObject({
      ...{ restored: [{ person: ids[2] }, { person: ids[1] }], left: 0 },
      failed: [{ person: ids[0], detail: expect.stringContaining(first.userName) }],
    })
    expect((await ask('acme_member', 'POST', `/v1/scim/brakes/${brake!.id}/undo`)).status).toBe(403)
  })
})

describe('a privileged group', () => {
  it('loses nobody before people have looked, be it by its own end or by Bulk; ordinary groups do', async () => {
    await clear()
    const { it, ids } = await staffed()
    const { body: people } = await ask('acme_owner', 'GET', '/v1/people?limit=200')
    for (const id of ids.slice(0, 2)) {
      const { version } = (people['items'] as { id: string; version: number }[]).find((person) => person.id === id)!
      expect((await ask('acme_owner', 'PATCH', `/v1/people/${id}`, { version, roles: ['admin'] })).status).toBe(200)
    }
    const admins = await it.group('Admins', ids.slice(0, 3))
    const everybody = await it.group('Everybody', ids)
    expect(await statusOf(it.ask('DELETE', `/Groups/${everybody.id}`))).toBe(204)
    expect(await statusOf(it.ask('DELETE', `/Groups/${admins.id}`))).toBe(429)
    const away = { method: 'PATCH', path: `/Users/${ids[2]}`, data: off }
    const { body } = await it.ask('POST', '/Bulk', {
      body: bulkBody([away, { method: 'DELETE', path: `/Groups/${admins.id}` }, { ...away, path: `/Users/${ids[5]}` }]),
    })
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(['429', '429', '429'])
    const [brake] = await brakesOf(it)
    expect(brake).toMatchObject({ because: ['admin.scim_brake_privileged'], count: 5 })
    expect((await shown(brake!.id)).changes.slice(0, 3)).toMatchObject(
      ids.slice(0, 3).map((person) => ({ what: 'left_group', group: 'Admins', person: expect.any(String) && person })),
    )
    await vote(brake!, 'approve')
    await until(brake!.id, 'released')
    expect(await statusOf(it.ask('DELETE', `/Groups/${admins.id}`))).toBe(204)
  })
})

describe('a group that is called something else', () => {
  const rename = { op: 'replace', path: 'displayName', value: 'Something else' }

  it('is held off where a rule gave its people more by its name, be it by PATCH, PUT or Bulk', async () => {
    await clear()
    const { it, ids } = await staffed(4)
    const rules = { title: 'Ours', entries: [{ display_name: 'gatehouse-leads', roles: ['admin'], why: 'leads' }] }
    const set = { document: rules, why: 'as agreed', revision: 0 }
    expect((await ask('acme_owner', 'PUT', '/v1/group-rules/renamed', set)).status).toBe(200)
    const group = await it.group('Gatehouse-Leads', ids.slice(0, 2))
    const path = `/Groups/${group.id}`
    const put = { ...groupBody('Else', ids.slice(0, 2)), externalId: 'else' }
    expect(await statusOf(it.patch(path, rename))).toBe(429)
    expect(await statusOf(it.ask('PUT', path, { body: put }))).toBe(429)
    const { body } = await it.ask('POST', '/Bulk', {
      body: bulkBody([{ method: 'PATCH', path, data: patchBody([rename]) }]),
    })
    expect(body.Operations[0].status).toBe('429')
    expect((await it.ask('GET', path)).body.displayName).toBe('Gatehouse-Leads')
    // Another name that the rule is about, and whatever gives nobody anything, pass.
    expect(await statusOf(it.patch(path, { ...rename, value: 'GATEHOUSE-leads' }))).toBe(204)
    const ordinary = await it.group('Everybody else', ids)
    expect(await statusOf(it.patch(`/Groups/${ordinary.id}`, rename))).toBe(204)

    const [brake] = await brakesOf(it)
    expect(brake).toMatchObject({ because: ['admin.scim_brake_privileged'], count: 2 })
    const { changes } = await shown(brake!.id)
    expect(changes.map(({ person, what }) => [person, what]).toSorted()).toEqual(
      ids
        .slice(0, 2)
        .map((id) => [id, 'lost_roles'])
        .toSorted(),
    )
    await vote(brake!, 'approve')
    await until(brake!.id, 'released')
    expect(await statusOf(it.patch(path, rename))).toBe(204)
    expect((await ask('acme_admin', 'GET', `/v1/people/${ids[0]}/roles`)).body).toMatchObject({ by_groups: [] })
  })
})

describe('somebody who is erased while a brake lists them', () => {
  const erase = async (id: string) => {
    const asked = await ask('acme_admin', 'POST', `/v1/people/${id}/erase`)
    expect(asked.status).toBe(202)
    const { id: approval_id } = asked.body['approval'] as { id: string }
    const { subject_digest } = await approvalOf({ approval_id })
    expect((await voteOn(approval_id, 'approve', subject_digest, 'acme_owner')).status).toBe(201)
    const begun = Date.now()
    const gone = async () =>
      (await world.service.owner.query('SELECT FROM principal WHERE id = $1', [id])).rowCount === 0
    while (!(await gone()) && Date.now() - begun < 15_000);
    expect(await gone()).toBe(true)
  }

  it('is gone from its list, which is released and rejected as ever', async () => {
    for (const verdict of ['approve', 'deny'] as const) {
      await clear()
      const { it, ids, brake } = await tripped()
      const { changes: listed } = await shown(brake.id)
      const seen = await approvalOf(brake)
      expect(JSON.stringify(seen)).toContain(listed[0]!.name)
      await erase(ids[3]!)
      const { changes } = await shown(brake.id)
      expect(changes.map(({ person }) => person)).toEqual([ids[4]])
      const now = JSON.stringify(await approvalOf(brake))
      expect([now.includes(listed[0]!.name), now.includes(ids[3]!), now.includes(listed[1]!.name)]).toEqual([
        ...[false, false, true],
      ])
      // Whoever was shown the name looks again.
      const stale = await voteOn(brake.approval_id, verdict, seen['subject_digest'])
      expect(stale).toMatchObject({ status: 403, body: { reasons: [{ id: 'admin.vote_digest_mismatch' }] } })
      expect((await vote(brake, verdict)).status).toBe(201)
      await until(brake.id, verdict === 'approve' ? 'released' : 'rejected')
      expect(await statusOf(turnOff(it, ids[4]!))).toBe(verdict === 'approve' ? 200 : 429)
    }
  }, 60_000)

  it('is gone from its approval too once that is settled', async () => {
    await clear()
    const { ids, brake } = await tripped()
    const { changes } = await shown(brake.id)
    expect((await vote(brake, 'deny')).status).toBe(201)
    await until(brake.id, 'rejected')
    await erase(ids[3]!)
    const approval = await approvalOf(brake)
    expect(approval).toMatchObject({ state: 'denied', votes: [{ verdict: 'deny' }] })
    expect(JSON.stringify(approval)).not.toContain(changes[0]!.name)
  }, 60_000)

  it('leaves a list that was tampered with shut', async () => {
    await clear()
    const { ids, brake } = await tripped()
    await erase(ids[3]!)
    const { owner } = world.service
    await owner.query('ALTER TABLE scim_brake_change DISABLE TRIGGER USER')
    await owner.query('UPDATE scim_brake_change SET principal_id = $2 WHERE brake_id = $1 AND principal_id = $3', [
      ...[brake.id, ids[5], ids[4]],
    ])
    await owner.query('ALTER TABLE scim_brake_change ENABLE TRIGGER USER')
    expect((await vote(brake, 'approve')).status).toBe(201)
    const begun = Date.now()
    const decided = async () =>
      (await ask('acme_admin', 'GET', `/v1/decisions?action=scim.release&resource=${brake.id}&limit=1`)).body[
        'items'
      ] as {
        outcome: string
      }[]
    while ((await decided()).length === 0 && Date.now() - begun < 15_000);
    expect(await decided()).toMatchObject([{ outcome: 'deny' }])
    expect((await shown(brake.id)).state).not.toBe('released')
  }, 60_000)
})

describe('a preview', () => {
  it('trips nothing, and says that it would: who would go, what they would lose, and what would be held off', async () => {
    await clear()
    const { it, ids } = await staffed()
    const { body: token } = await ask('acme_owner', 'POST', `/v1/scim/connections/${it.id}/tokens`, {
      ...{ name: 'preview', preview: true },
    })
    const headers = { authorization: `Bearer ${token['secret']}` }
    const would = async (id: string): Promise<number> =>
      statusOf(it.ask('PATCH', `/Users/${id}`, { body: off, headers }))
    const statuses: number[] = []
    for (const id of ids.slice(0, 5)) statuses.push(await would(id))
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    for (const id of ids) expect(await isActive(it, id)).toBe(true)
    expect(await brakesOf(it)).toEqual([])
    const { body } = await ask('acme_admin', 'GET', `/v1/scim/log?connection_id=${it.id}&would=true&outcome=refused`)
    expect(body['items']).toMatchObject([
      {
        status: 429,
        would: true,
        detail: expect.stringMatching(/^More than 3 people would go within \d+ minutes, 4 of \d+/),
      },
      { status: 429, would: true },
    ])
    // Nor does what it would have done count for what is done.
    expect(await statusOf(turnOff(it, ids[6]!))).toBe(200)
  })
})

describe('the settings of a brake', () => {
  it('are the connection’s; only owners have it trip later', async () => {
    await clear()
    const { it, ids } = await staffed()
    const { body: connection } = await ask('acme_admin', 'GET', `/v1/scim/connections/${it.id}`)
    expect(connection['settings']).toMatchObject({ brake: { percent: 10, people: 3, window_minutes: 60 } })
    const set = (as: string, version: unknown, brake: object) =>
      ask(as, 'PATCH', `/v1/scim/connections/${it.id}`, { version, settings: { brake } })
    const wide = { percent: 10, people: 4, window_minutes: 60 }
    expect(await set('acme_admin', connection['version'], wide)).toMatchObject({
      ...{ status: 403, body: { reasons: [{ id: 'admin.scim_brake_loosened' }] } },
    })
    const { status, body: changed } = await set('acme_owner', connection['version'], { people: 4 })
    expect([status, changed['settings']]).toEqual([200, { existing: 'refuse', brake: wide }])
    const statuses: number[] = []
    for (const id of ids.slice(0, 5)) statuses.push(await statusOf(turnOff(it, id)))
    expect(statuses).toEqual([200, 200, 200, 200, 429])
    const tight = { percent: 1, people: 1, window_minutes: 120 }
    expect((await set('acme_admin', Number(connection['version']) + 1, tight)).status).toBe(200)
    expect((await set('acme_admin', 99, { percent: 0, people: 1, window_minutes: 60 })).status).toBe(400)
  })
})
