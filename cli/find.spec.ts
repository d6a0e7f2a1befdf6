import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from './testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const OTHER = '0198c0de-0000-7000-8000-000000000002'
const page = (items: readonly object[], next_cursor: string | null = null) => ({ items, next_cursor })
const ana = { id: ID, kind: 'user', name: 'Ana', email: 'ana@acme.example' }
const ci = { id: ID, kind: 'service_account', name: 'ci', email: null }

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

const requests = () => service.asked.map(({ request }) => request)

describe('what commands are told by name', () => {
  it.each([
    [['sessions', 'revoke', 'Ana@acme.example'], `DELETE /v1/people/${ID}/sessions`],
    [['keys', 'create', 'mine', '--for', 'Ana@acme.example'], 'POST /v1/keys'],
    [['audit', 'list', '--person', 'Ana@acme.example'], `GET /v1/audit?limit=20&person=${ID}`],
  ])('is a person by their address: %j', async (args, then) => {
    service.tell(page([{ ...ana, id: OTHER, email: 'ana@acme.example.org' }, ana]), { ended: 1, ...page([]) })
    expect((await service.gatehouse(...args)).code).toBe(0)
    expect(requests()).toEqual(['GET /v1/people?limit=200&search=Ana%40acme.example', then])
  })

  it('is asked for again where an address is somebody’s in several organisations', async () => {
    service.tell(page([ana, { ...ana, id: OTHER }]))
    const { code, stderr } = await service.gatehouse('sessions', 'revoke', 'ana@acme.example')
    expect([code, service.asked.length]).toEqual([2, 1])
    expect(stderr).toContain(`${ID}, ${OTHER}`)
  })

  it('is nobody looked for where it is an id or a pseudonym', async () => {
    service.tell(page([]))
    await service.gatehouse('audit', 'list', '--person', ID)
    await service.gatehouse('audit', 'list', '--person', 'u_0f')
    expect(requests()).toEqual([`GET /v1/audit?limit=20&person=${ID}`, 'GET /v1/audit?limit=20&person=u_0f'])
  })

  it.each([
    [['secret', 'ci', '--name', 'first'], `POST /v1/service-accounts/${ID}/secrets`],
    [['credentials', 'ci'], `GET /v1/service-accounts/${ID}/credentials`],
    [['identities', 'list', 'ci'], `GET /v1/service-accounts/${ID}/identities`],
  ])('is a service account by its name: %j', async (args, then) => {
    service.tell(page([{ ...ci, id: OTHER, name: 'ci-nightly' }]), page([ci]), { secret: 's', ...page([]) })
    service.answers[0] = { body: page([{ ...ci, id: OTHER, name: 'ci-nightly' }], 'more') }
    expect((await service.gatehouse('service-accounts', ...args)).code).toBe(0)
    expect(requests().at(-1)).toBe(then)
  })

  it('is asked for again where several accounts have the name, or none', async () => {
    service.tell(page([ci, { ...ci, id: OTHER }]))
    const { code, stderr } = await service.gatehouse('service-accounts', 'secret', 'ci', '--name', 'first')
    expect([code, service.asked.length]).toEqual([2, 1])
    expect(stderr).toContain(`${ID}, ${OTHER}`)
    const none = await service.gatehouse('service-accounts', 'secret', 'cd', '--name', 'first')
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('service-accounts list')])
  })

  it('is a domain by itself, and a provider by its name', async () => {
    const domain = { id: ID, domain: 'acme.example', record: { name: 'n', type: 'TXT', value: 'v' } }
    service.tell(page([domain]), domain)
    await service.gatehouse('domains', 'verify', 'Acme.example')
    expect(requests().at(-1)).toBe(`POST /v1/domains/${ID}/verify`)
    service.tell(page([domain]), domain)
    await service.gatehouse('domains', 'release', 'acme.example')
    expect(requests().at(-1)).toBe(`DELETE /v1/domains/${ID}`)
    service.tell(page([{ id: OTHER, slug: 'main' }]), domain)
    await service.gatehouse('domains', 'claim', 'acme.example', '--provider', 'main')
    expect(service.asked.at(-1)!.body).toEqual({ domain: 'acme.example', provider_id: OTHER })
    service.tell(page([]))
    const { stderr } = await service.gatehouse('domains', 'claim', 'acme.example', '--provider', 'other')
    expect(stderr).toContain('gatehouse providers list')
  })
})

describe('gatehouse providers', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-cli-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are trusted and changed by what a file says', async () => {
    const file = join(folder, 'provider.json')
    await writeFile(file, JSON.stringify({ slug: 'main' }))
    service.tell({ id: ID, slug: 'main' })
    await service.gatehouse('providers', 'create', file)
    await service.gatehouse('providers', 'create', '--saml', file)
    service.tell(page([{ id: ID, slug: 'main' }]), { id: ID, slug: 'main', enabled: false })
    const { stdout } = await service.gatehouse('providers', 'update', 'main', file)
    expect(stdout).toContain('main is off')
    expect(requests()).toEqual([
      ...['POST /v1/identity-providers', 'POST /v1/identity-providers/saml'],
      ...['GET /v1/identity-providers?limit=200', `PATCH /v1/identity-providers/${ID}`],
    ])
    await writeFile(file, '{')
    const { code, stderr } = await service.gatehouse('providers', 'create', file)
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not JSON')])
  })
})

describe('gatehouse scim connections set', () => {
  it('changes parts of the brake, and leaves the others', async () => {
    const brake = { percent: 5, people: 3, window_minutes: 60 }
    const connection = { id: ID, name: 'okta', version: 1, settings: { existing: 'refuse', brake } }
    service.tell(page([connection]), connection)
    const { stdout } = await service.gatehouse('scim', 'connections', 'set', 'okta', '--brake-percent', '5')
    expect(service.asked.at(-1)!.body).toEqual({ version: 1, settings: { brake: { percent: 5 } } })
    expect(stdout).toContain('lets 5 % of the people go within 60 minutes, and 3 in any case')
    const wrong = await service.gatehouse('scim', 'connections', 'set', 'okta', '--brake-people', 'few')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--brake-people few is no whole number')])
  })
})

describe('an organisation that a flag names', () => {
  const acme = { id: ID, slug: 'acme', name: 'Acme', state: 'active' }

  it.each([
    [['decisions', 'list', '--tenant', 'acme'], `GET /v1/decisions?limit=20&tenant=${ID}`],
    [['lists', 'list', '--tenant', 'acme'], `GET /v1/lists?tenant_id=${ID}`],
  ])('may be named by its slug: %j', async (args, then) => {
    service.tell(page([{ ...acme, id: OTHER, slug: 'acme-two' }, acme]), page([]))
    expect((await service.gatehouse(...args)).code).toBe(0)
    expect(requests()).toEqual(['GET /v1/tenants?limit=200', then])
  })

  it('is not looked for where it is an id', async () => {
    service.tell(page([]))
    await service.gatehouse('decisions', 'list', '--tenant', ID)
    expect(requests()).toEqual([`GET /v1/decisions?limit=20&tenant=${ID}`])
  })
})

describe('a sealed revision', () => {
  const [first, second] = ['79b0aa', '79b0bb'].map((start) => `sha256:${start.padEnd(64, '0')}`)
  const shipped = `sha256:${'5'.repeat(64)}`
  const sealed = [first, second].map((revision) => ({ revision, base_revision: shipped }))
  const activate = (named: string) => service.gatehouse('policy', 'activate', named, '--reason', 'it is time')

  it.each(['sha256:79b0aa…', '79b0aa', 'sha256:79b0aa00'])('may be shortened as titles have it: %s', async (named) => {
    service.tell({ revisions: sealed }, { revision: first, kind: 'activate', seq: 1 })
    expect((await activate(named)).code).toBe(0)
    expect(requests()).toEqual([
      'GET /v1/policy/revisions',
      `POST /v1/policy/revisions/${encodeURIComponent(first!)}/activate`,
    ])
  })

  it.each([
    ['79b000', 'no sealed revision begins like that'],
    ['the new one', 'is no revision (sha256: and 64 digits, or the first six or more of them)'],
  ])('is asked for again where none fits: %s', async (named, words) => {
    service.tell({ revisions: sealed })
    const { code, stderr } = await activate(named)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
  })

  it('is compared with another one, or with what is in force', async () => {
    const diff = { files: [], meaning: null, faults: [] }
    service.tell(diff)
    await service.gatehouse('policy', 'diff', first!, '--from', second!)
    await service.gatehouse('policy', 'diff', first!)
    const path = `GET /v1/policy/revisions/${encodeURIComponent(first!)}/diff`
    expect(requests()).toEqual([`${path}?from=${encodeURIComponent(second!)}`, path])
  })

  it('may be what ships, of which others were made', async () => {
    service.tell({ revisions: sealed }, { files: [], meaning: null, faults: [] })
    await service.gatehouse('policy', 'diff', first!, '--from', '555555')
    expect(requests().at(-1)).toContain(`/diff?from=${encodeURIComponent(shipped)}`)
  })

  it('is asked for again where several begin like it', async () => {
    const twins = ['1', '2'].map((end) => ({ revision: `sha256:${'a'.repeat(63)}${end}`, base_revision: shipped }))
    service.tell({ revisions: twins })
    expect((await activate('aaaaaa')).stderr).toContain('several revisions begin like that')
  })
})

describe('a field that a service refuses', () => {
  const problem = {
    ...{ status: 422, code: 'request.invalid', title: 'The request is not as it must be' },
    errors: [
      { pointer: '/why', detail: 'is too short' },
      { pointer: '/subject/id', detail: 'is unknown' },
    ],
  }
  const request = (...before: string[]) =>
    service.gatehouse(
      ...before,
      'policy',
      'waivers',
      'request',
      'a.b',
      '--tenant',
      ID,
      '--until',
      '1d',
      '--reason',
      'no',
    )

  it('is told as it is where it lies within a file that was sent', async () => {
    const entry = { ...problem, errors: [{ pointer: '/document/entries/0/why', detail: 'is required' }] }
    service.answers = [{ status: 422, body: entry }]
    expect((await request()).stderr).toContain('  /document/entries/0/why: is required\n')
  })

  it('is told by the flag that fills it, and as it is with --json', async () => {
    service.answers = [{ status: 422, body: problem }]
    expect((await request()).stderr).toContain('  --reason: is too short\n  /subject/id: is unknown\n')
    expect(JSON.parse((await request('--json')).stdout)).toMatchObject({ errors: problem.errors })
  })
})
