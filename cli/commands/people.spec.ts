import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService, type Told } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const PSEUDONYM = `u_${'0'.repeat(32)}`
const people = {
  items: [
    {
      id: ID,
      name: 'Ana',
      email: 'ana@acme.example',
      kind: 'user',
      roles: ['member'],
      custom_roles: [],
      pseudonym: PSEUDONYM,
      disabled_at: null,
    },
  ],
  next_cursor: null,
}

let service: ToldService
let folder: string
const answering = (answers: Readonly<Record<string, Told>>): void => {
  service.reply = ({ request }) => {
    const found = Object.entries(answers).find(([begins]) => request.startsWith(begins))
    return found ? found[1] : { status: 404, body: { code: 'not_found', title: 'Not there', status: 404 } }
  }
}
beforeEach(async () => {
  service = await ToldService.start()
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'))
})
afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('gatehouse people erase', () => {
  it('finds the person by address, and waits for somebody else to agree', async () => {
    const approval = { id: 'a-1', kind: 'erasure', title: 'Erase', expires_at: 'soon', url: '/v1/approvals/a-1' }
    answering({
      'GET /v1/people': { body: people },
      [`POST /v1/people/${ID}/erase`]: { status: 202, body: { approval, reasons: [], decision_id: 'd' } },
    })
    const { code, stdout } = await service.gatehouse('people', 'erase', 'ana@acme.example')
    expect(code).toBe(1)
    expect(stdout).toContain('gatehouse approvals show a-1')
  })

  it('tells what ended, and who answers for a service account no more', async () => {
    const ended = { sessions: 1, keys: 2, tokens: 0, accounts: [ID] }
    answering({
      'GET /v1/people': { body: people },
      'POST /v1/people': { body: { pseudonym: PSEUDONYM, erased_at: 'now', ended } },
    })
    const { code, stdout } = await service.gatehouse('people', 'erase', ID)
    expect(code).toBe(0)
    expect(stdout).toContain(PSEUDONYM)
    expect(stdout).toContain(`service-accounts handover ${ID}`)
  })

  it('erases nobody whom it does not find', async () => {
    answering({ 'GET /v1/people': { body: people } })
    expect((await service.gatehouse('people', 'erase', 'nobody@acme.example')).code).toBe(2)
    expect(service.asked.some(({ request }) => request.startsWith('POST'))).toBe(false)
  })
})

describe('gatehouse people export', () => {
  it('gives the document as it came, of oneself without looking anybody up', async () => {
    answering({ 'GET /v1/whoami/export': { body: { at: 'now', profile: people.items[0] } } })
    const { code, stdout } = await service.gatehouse('people', 'export', 'me')
    expect([code, JSON.parse(stdout)]).toEqual([0, { at: 'now', profile: people.items[0] }])
    expect(service.asked[0]!.request).toBe('GET /v1/whoami/export')
  })
})

describe('gatehouse audit', () => {
  it('lists what was done by every filter', async () => {
    const entry = { at: 'now', source: 'admin', actor: PSEUDONYM, name: 'Ana', did: 'person.create', outcome: 'allow' }
    service.tell({ items: [{ ...entry, from: { kind: 'key', name: null }, decision_id: ID }], next_cursor: 'c' })
    const flags = ['--person', ID, '--source', 'admin', '--since', '2026-01-31', '--limit', '1']
    const { stdout } = await service.gatehouse('audit', 'list', ...flags)
    const asked = new URL(service.asked[0]!.request.slice('GET '.length), 'http://x').searchParams
    expect(Object.fromEntries(asked)).toEqual({
      person: ID,
      source: 'admin',
      since: '2026-01-31T00:00:00Z',
      limit: '1',
    })
    expect(stdout).toMatch(/admin +Ana +person\.create +allow +key/)
    expect(stdout).toContain('--cursor c')
  })

  it('writes the list as CSV where that is asked for, and the ledger otherwise', async () => {
    answering({ 'GET /v1/audit/export?': { body: 'at,source\r\n' }, 'GET /v1/ledger/export': { body: '{}\n' } })
    const file = join(folder, 'audit')
    await service.gatehouse('audit', 'export', file, '--format', 'csv')
    expect(readFileSync(file, 'utf8')).toBe('at,source\r\n')
    await service.gatehouse('audit', 'export', file)
    expect(readFileSync(file, 'utf8')).toBe('{}\n')
    expect((await service.gatehouse('audit', 'export', file, '--format', 'xml')).code).toBe(2)
  })
})

describe('gatehouse access review', () => {
  it('is a table, or CSV as it came', async () => {
    const by = { rule: 'person.create', actor: null, decision_id: null }
    const role = { role: 'member', kind: 'role', scopes: [], since: null, by, last_used_at: null, unused: true }
    answering({
      'GET /v1/access/review.csv?unused_days=30': { headers: { 'content-type': 'text/csv' }, body: 'person,kind\r\n' },
      'GET /v1/access/review': { body: { unused_days: 90, people: [{ name: 'Ana', roles: [role], keys: [] }] } },
    })
    expect((await service.gatehouse('access', 'review')).stdout).toMatch(/Ana +member +- +person\.create +- +yes/)
    const csv = await service.gatehouse('access', 'review', '--unused-days', '30', '--format', 'csv')
    expect(csv.stdout).toBe('person,kind\r\n')
  })
})
