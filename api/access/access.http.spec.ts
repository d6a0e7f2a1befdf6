import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AccessAnswer, WhoCanAnswer } from '#contract/api/access.js'
import type { Whoami } from '#contract/api/identity.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService
const people: Record<string, Whoami> = {}

beforeAll(async () => {
  service = await testService()
  for (const name of Object.keys(service.keys))
    people[name] = (await service.ask(name, 'GET', '/v1/whoami')).body as unknown as Whoami
}, 60_000)
afterAll(() => service?.stop())

const explain = async (as: string, name: string, question: object) => {
  const { status, body } = await service.ask(as, 'POST', '/v1/access/explain', {
    person: people[name]!.id,
    ...question,
  })
  return { status, ...(body as unknown as AccessAnswer & { code?: string; errors?: { pointer: string }[] }) }
}
const reasons = ({ reasons: given }: { reasons: { id: string }[] }) => given.map(({ id }) => id)
const NEWCOMER = { name: 'New', roles: ['member'] }
const decisions = async () =>
  (await service.ask('operator', 'GET', '/v1/decisions?limit=200')).body['items'] as unknown[]

describe('access explain', () => {
  it('says what the gate says, by which role, and what is missing', async () => {
    const yes = await explain('acme_owner', 'acme_admin', { action: 'person.create', with: NEWCOMER })
    expect(yes).toMatchObject({ status: 200, outcome: 'allow', rules: ['admin.allowed'], reasons: [] })
    expect(yes.scope).toMatchObject({ required: 'people:write', held: true, by: [{ role: 'admin', custom: false }] })
    const no = await explain('acme_owner', 'acme_member', { action: 'person.create', with: NEWCOMER })
    expect(no).toMatchObject({ outcome: 'deny', scope: { held: false, given_by: ['owner', 'admin', 'operator'] } })
    expect(reasons(no)).toEqual(['admin.scope_missing'])
    expect(no.reasons.every(({ remedy }) => remedy.length > 0)).toBe(true)
  })

  it('changes nothing and leaves no decision of what was asked', async () => {
    const [rows, before] = [await service.rows(), await decisions()]
    await explain('acme_owner', 'acme_owner', { action: 'person.create', with: NEWCOMER })
    await explain('acme_owner', 'acme_member', { action: 'person.create', with: NEWCOMER })
    await explain('operator', 'operator', { action: 'kill.engage', with: { scope: 'global', reason: 'asked' } })
    expect([await service.rows(), await decisions()]).toEqual([rows, before])
    expect((await service.ask('acme_owner', 'GET', '/v1/people')).status).toBe(200)
  })

  it('reads the facts of the resource that is named', async () => {
    const disable = { action: 'person.update', with: { disabled: true } }
    const owner = await explain('acme_owner', 'acme_owner', {
      ...disable,
      resource: `person/${people['acme_owner']!.id}`,
    })
    expect(reasons(owner)).toEqual(['admin.last_owner'])
    const member = await explain('acme_owner', 'acme_owner', { ...disable, resource: people['acme_member']!.id })
    expect(member.outcome).toBe('allow')
    const foreign = await explain('acme_owner', 'acme_owner', { ...disable, resource: people['globex_admin']!.id })
    expect(foreign).toMatchObject({ outcome: 'not_decided', problem: { status: 404, code: 'not_found' } })
  })

  it('tells what a sign-in may that a key need not prove', async () => {
    const transfer = {
      action: 'tenant.transfer',
      resource: people['acme_owner']!.tenant.id,
      with: { to: people['acme_admin']!.id },
    }
    const by = async (what: string) => explain('acme_owner', 'acme_owner', { ...transfer, by: what })
    expect(reasons(await by('session'))).toEqual(['admin.step_up_required'])
    expect((await by('fresh_session')).outcome).toBe('allow')
  })

  it('says which action the gate was asked where it is not the one of the request', async () => {
    const own = await explain('acme_owner', 'acme_member', {
      action: 'session.revoke',
      resource: people['acme_member']!.id,
    })
    expect(own).toMatchObject({ action: 'session.revoke', decided_as: 'session.end', outcome: 'allow' })
    const others = await explain('acme_owner', 'acme_member', {
      action: 'session.revoke',
      resource: people['acme_admin']!.id,
    })
    expect(others).toMatchObject({ decided_as: 'session.revoke', outcome: 'deny' })
  })

  it('is a right of its own, within the own organisation', async () => {
    const question = { action: 'person.read' }
    expect((await explain('acme_member', 'acme_member', question)).status).toBe(403)
    expect((await explain('acme_admin', 'globex_admin', question)).status).toBe(404)
    expect((await explain('operator', 'globex_admin', question)).outcome).toBe('allow')
  })

  it.each([
    [{ action: 'extension.submit' }, '/action'],
    [{ action: 'person.update' }, '/resource'],
    [{ action: 'person.update', resource: 'a/b/c/d' }, '/resource'],
    [{ action: 'list.write', endpoint: 'people.create' }, '/endpoint'],
  ])('refuses %j with a pointer', async (question, pointer) => {
    const { status, errors } = await explain('acme_owner', 'acme_admin', question)
    expect([status, errors?.map((error) => error.pointer)]).toEqual([400, [pointer]])
  })

  it('says how a resource is spelt', async () => {
    const { errors } = await explain('acme_owner', 'acme_admin', { action: 'extension.invoke', resource: 'audit' })
    expect(errors).toEqual([
      { pointer: '/resource', detail: expect.stringContaining('such as com.example.lockfile-auditor/scans/7') },
    ])
  })

  it('takes a workspace by its slug wherever the request names it by id, and counts roles there', async () => {
    const made = await service.ask('acme_owner', 'POST', '/v1/workspaces', { slug: 'payments', name: 'Payments' })
    const { id } = made.body as { id: string }
    const member = people['acme_member']!.id
    await service.ask('acme_owner', 'PUT', `/v1/workspaces/${id}/members/${member}`, { roles: ['workspace_admin'] })
    const install = { action: 'install.create', workspace: 'payments' }
    const none = { extension: 'com.example.none', version: '1.0.0', permissions: [] }
    const open = await explain('acme_owner', 'acme_member', { ...install, with: none })
    expect(open).toMatchObject({
      ...{ outcome: 'not_decided', problem: { status: 404 } },
      scope: { held: true, by: [{ role: 'workspace_admin', custom: false, workspace: id }] },
    })
    const unknown = await explain('acme_owner', 'acme_member', { ...install, workspace: 'paiments', with: none })
    expect(unknown).toMatchObject({
      status: 400,
      errors: [
        { pointer: '/workspace', detail: expect.stringContaining('paiments is the slug or id of no workspace') },
      ],
    })
  })

  it('says why a request does not get as far as the gate', async () => {
    const answer = await explain('acme_owner', 'acme_admin', { action: 'person.create', with: { name: '' } })
    expect(answer).toMatchObject({ outcome: 'not_decided', problem: { status: 400, code: 'request.invalid' } })
  })
})

describe('access who-can', () => {
  it('finds those who may, page by page, and nobody else', async () => {
    const found: string[] = []
    let asked = 0
    for (let cursor: unknown; cursor !== null;) {
      const question = { action: 'person.create', with: NEWCOMER, limit: 2, ...(cursor !== undefined && { cursor }) }
      const { body } = await service.ask('acme_owner', 'POST', '/v1/access/who-can', question)
      found.push(...(body['items'] as { person: { id: string } }[]).map(({ person }) => person.id))
      asked += body['asked'] as number
      cursor = body['next_cursor']
    }
    const expected = ['acme_owner', 'acme_admin'].map((name) => people[name]!.id)
    expect([found.toSorted(), asked > 2]).toEqual([expected.toSorted(), true])
  })

  it('does not take what could not be decided for nobody', async () => {
    const { body } = await service.ask('acme_owner', 'POST', '/v1/access/who-can', { action: 'key.create' })
    const { items, asked, undecided } = body as unknown as WhoCanAnswer
    expect([items, undecided]).toEqual([
      [],
      [{ status: 400, code: 'request.invalid', detail: expect.stringContaining('/name'), people: asked }],
    ])
    const named = { action: 'key.create', with: { name: 'ci' } }
    const decided = await service.ask('acme_owner', 'POST', '/v1/access/who-can', named)
    expect(decided.body).toMatchObject({ undecided: [] })
    expect((decided.body['items'] as []).length).toBeGreaterThan(0)
  })
})
