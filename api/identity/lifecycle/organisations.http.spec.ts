import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { asking } from '../../testing/asking.js'
import { install, published, until } from '../../testing/published-extension.js'
import { testService, type TestService } from '../../testing/test-service.js'

const NAME = 'com.acme-labs.ends'
const GUEST = `export function handle() { return { status: 204, headers: [], body: new Uint8Array(0) } }`
const manifest = {
  ...{ id: NAME, version: '1.0.0', permissions: [] },
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
}

interface Organisation {
  readonly id: string
  readonly slug: string
  readonly status: string
  readonly version: number
}

let service: TestService
let beside: Awaited<ReturnType<TestService['beside']>>

const organisation = async (slug: string): Promise<Organisation> => {
  const { body } = await service.ask('operator', 'GET', '/v1/tenants?limit=200')
  return (body['items'] as Organisation[]).find((each) => each.slug === slug)!
}
const change = async (as: string, what: string, body: object = {}, slug = 'acme') => {
  const { id, version } = await organisation(slug)
  return service.ask(as, 'POST', `/v1/tenants/${id}/${what}`, { version, ...body })
}
/** What a call of the extension comes to at an instance: its status, or why not. */
const called = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/api/ext/${NAME}/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.keys['acme_member']}` },
  })
  if (response.status === 204) return 'called'
  const { reasons, code } = (await response.json()) as { reasons?: { id: string }[]; code: string }
  return reasons?.map(({ id }) => id).join(' ') ?? code
}
const everywhere = (wanted: string) =>
  Promise.all(
    [service.url, beside.url].map((url) =>
      until(
        () => called(url),
        (said) => said === wanted,
      ),
    ),
  )

beforeAll(async () => {
  service = await testService()
  const digest = await published(service, { manifest, guest: GUEST, capabilities: [] })
  const made = await install(service, { extension: NAME, digest, permissions: [] })
  expect(made.status).toBe(201)
  beside = await service.beside()
}, 120_000)
afterAll(async () => {
  await beside?.stop()
  await service?.stop()
})

describe('extensions of an organisation', () => {
  it('are not called while it is suspended, on any instance', async () => {
    await everywhere('called')
    expect((await change('operator', 'suspend', { reason: 'unpaid' })).status).toBe(200)
    await everywhere('call.tenant_suspended')
    expect((await change('operator', 'resume')).status).toBe(200)
    await everywhere('called')
  }, 60_000)

  it('are not called while it is closing, on any instance, and that has its own reason', async () => {
    const closing = await change('acme_owner', 'delete', { slug: 'acme', reason: 'we part' })
    expect([closing.status, closing.body['status']]).toEqual([200, 'closing'])
    await everywhere('call.tenant_closing')
    const other = asking({ url: beside.url, keys: service.keys })
    const [mine, theirs] = [
      await other('acme_owner', 'GET', '/v1/people'),
      await other('acme_admin', 'GET', '/v1/people'),
    ]
    expect([mine.status, theirs.status]).toEqual([200, 403])
    expect(theirs.body['reasons']).toMatchObject([{ id: 'admin.tenant_closing' }])
    expect((await change('acme_owner', 'restore')).status).toBe(200)
    await everywhere('called')
  }, 60_000)
})

describe('a request to delete an organisation', () => {
  it('names what is wrong with it', async () => {
    const wrong = await change('acme_owner', 'delete', { slug: 'globex', reason: 'r' })
    expect([wrong.status, wrong.body['errors']]).toEqual([
      400,
      [{ pointer: '/slug', detail: 'is not the slug of Acme' }],
    ])
    const empty = await change('acme_owner', 'delete', { slug: 'acme', reason: '' })
    expect([empty.status, empty.body['errors']]).toMatchObject([400, [{ pointer: '/reason' }]])
    const { id, version } = await organisation('acme')
    const other = await service.ask('globex_owner', 'POST', `/v1/tenants/${id}/delete`, {
      version,
      slug: 'acme',
      reason: 'r',
    })
    expect(other.status).toBe(404)
  })
})

describe('an export', () => {
  it('is read by owners alone, and each page is on record', async () => {
    const { id } = await organisation('acme')
    const path = `/v1/tenants/${id}/export`
    const page = await service.ask('acme_owner', 'GET', `${path}?limit=2`)
    expect([page.status, page.body]).toMatchObject([200, { section: 'organisation', rows: [{ id, slug: 'acme' }] }])
    const next = await service.ask('acme_owner', 'GET', `${path}?cursor=${String(page.body['next_cursor'])}`)
    expect([next.status, next.body['section']]).toEqual([200, 'workspaces'])
    for (const [as, said] of [
      ['acme_admin', 'admin.export_by_owner'],
      ['operator', 'admin.export_by_owner'],
    ] as const) {
      const refused = await service.ask(as, 'GET', path)
      expect(refused.status).toBe(403)
      expect((refused.body['reasons'] as { id: string }[]).map((each) => each.id)).toContain(said)
    }
    expect((await service.ask('globex_owner', 'GET', path)).status).toBe(404)
    expect((await service.ask('acme_owner', 'GET', `${path}?cursor=x`)).status).toBe(400)
    const kept = await service.ask('acme_owner', 'GET', '/v1/decisions?action=tenant.export&outcome=allow')
    expect((kept.body['items'] as object[]).length).toBeGreaterThanOrEqual(2)
  })
})

describe('a sandbox', () => {
  it('is made at once, and is marked', async () => {
    const made = await service.ask('operator', 'POST', '/v1/sandboxes', { slug: 'try-it', days: 1 })
    expect([made.status, made.body]).toMatchObject([201, { tenant: { slug: 'try-it' }, people: { length: 4 } }])
    expect(await organisation('try-it')).toMatchObject({ status: 'active', sandbox_until: expect.any(String) })
    const again = await service.ask('operator', 'POST', '/v1/sandboxes', { slug: 'try-it' })
    expect([again.status, again.body['errors']]).toMatchObject([409, [{ pointer: '/slug' }]])
    const wrong = await service.ask('operator', 'POST', '/v1/sandboxes', { days: 0 })
    expect([wrong.status, wrong.body['errors']]).toMatchObject([400, [{ pointer: '/days' }]])
    expect((await service.ask('acme_owner', 'POST', '/v1/sandboxes', {})).status).toBe(404)
  })
})

describe('an organisation with two owners', () => {
  it('closes once the other one agreed', async () => {
    const { id } = await organisation('acme')
    const other = { name: 'Other', roles: ['owner'], tenant_id: id, email: 'other@acme.example' }
    const { body: person } = await service.ask('operator', 'POST', '/v1/people', other)
    const key = await service.ask('operator', 'POST', '/v1/keys', { principal_id: person['id'], name: 'k' })
    const asOther = asking({ url: beside.url, keys: { other: String(key.body['secret']) } })
    const held = await change('acme_owner', 'delete', { slug: 'acme', reason: 'we part' })
    expect([held.status, held.body['reasons']]).toMatchObject([202, [{ id: 'admin.deletion_needs_second_person' }]])
    const approval = held.body['approval'] as { id: string; url: string }
    const shown = await asOther('other', 'GET', approval.url)
    expect(shown.body).toMatchObject({ kind: 'organisation', subject: { slug: 'acme', grace_days: 30 } })
    const vote = { verdict: 'approve', comment: '', subject_digest: shown.body['subject_digest'] }
    expect((await asOther('other', 'POST', `${approval.url}/votes`, vote)).status).toBe(201)
    await until(
      () => organisation('acme'),
      ({ status }) => status === 'closing',
    )
    expect((await change('acme_owner', 'restore')).body['status']).toBe('active')
  })
})
