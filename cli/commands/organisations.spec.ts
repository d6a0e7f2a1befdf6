import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const ID = '01990000-0000-7000-8000-00000000000b'
const UNTIL = '2026-12-27T10:00:00.000Z'
const TENANT = {
  ...{ id: ID, slug: 'acme', name: 'Acme', status: 'active', suspended_because: null, closing: null },
  ...{ closed_at: null, sandbox_until: null, settings: {}, version: 3, created_at: UNTIL },
}
const CLOSING = {
  ...TENANT,
  status: 'closing',
  closing: { until: UNTIL, because: 'we part', by: 'u_1', by_platform: false },
}

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

const organisations = (...words: string[]) => service.gatehouse('organisations', ...words)
const listed = (...items: object[]) => ({ items, next_cursor: null })

describe('gatehouse organisations', () => {
  it('says which are closing or are sandboxes, and until when', async () => {
    service.tell(listed(CLOSING, { ...TENANT, slug: 'try', sandbox_until: UNTIL }))
    const { stdout } = await organisations('list')
    expect(stdout).toMatch(new RegExp(`acme.*closing.*${UNTIL}.*we part`))
    expect(stdout).toContain(`${UNTIL} (sandbox)`)
  })

  it('deletes one whose slug is typed once more, and says how to call that off', async () => {
    service.tell(listed(TENANT), CLOSING)
    const ran = await organisations('delete', 'acme', '--confirm', 'acme', '--reason', 'we part')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('gatehouse organisations restore acme')
    expect(service.asked[1]).toEqual({
      ...{ request: `POST /v1/tenants/${ID}/delete`, body: { version: 3, slug: 'acme', reason: 'we part' } },
    })
    expect((await organisations('delete', 'acme', '--reason', 'we part')).code).toBe(2)
  })

  it('names the approval where another owner has to agree', async () => {
    const approval = { id: 'a-1', kind: 'organisation', title: 'Delete', expires_at: 'soon', url: '/v1/approvals/a-1' }
    service.answers = [{ body: listed(TENANT) }, { status: 202, body: { approval, reasons: [], decision_id: 'd-1' } }]
    const ran = await organisations('delete', 'acme', '--confirm', 'acme', '--reason', 'we part')
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain('gatehouse approvals show a-1')
  })

  it('restores one as it was read', async () => {
    service.tell(listed(CLOSING), TENANT)
    expect((await organisations('restore', 'acme')).stdout).toContain('Acme (acme) is active')
    expect(service.asked[1]).toEqual({ request: `POST /v1/tenants/${ID}/restore`, body: { version: 3 } })
  })

  it('is left by oneself, by its slug', async () => {
    const ended = { sessions: 1, keys: 2, tokens: 0, accounts: ['sa-1'] }
    service.tell({ id: ID, pseudonym: 'u_1', disabled_at: UNTIL, ended })
    const { stdout } = await organisations('leave', '--confirm', 'acme')
    for (const part of ['You have left acme', '1 sessions, 2 keys', 'sa-1']) expect(stdout).toContain(part)
    expect(service.asked[0]).toEqual({ request: 'POST /v1/whoami/leave', body: { slug: 'acme' } })
    expect((await organisations('leave')).code).toBe(2)
  })

  it('makes a sandbox and shows its keys once', async () => {
    const person = { name: 'Olga, owner', roles: ['owner'] }
    service.tell({
      ...{ tenant: { ...TENANT, slug: 'try', sandbox_until: UNTIL }, workspace: {} },
      ...{ people: [{ person, key: { secret: 'ghk_x' } }], documents: [{ kind: 'list', name: 'sample' }] },
    })
    const { stdout } = await organisations('sandbox', '--days', '3', '--name', 'Try')
    for (const part of [UNTIL, 'Olga, owner', 'ghk_x', 'list sample']) expect(stdout).toContain(part)
    expect(service.asked[0]).toEqual({ request: 'POST /v1/sandboxes', body: { name: 'Try', days: 3 } })
    for (const days of ['0', '1.5', '1000', 'soon', '-1']) {
      const wrong = await organisations('sandbox', '--days', days)
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--days')])
    }
  })
})
