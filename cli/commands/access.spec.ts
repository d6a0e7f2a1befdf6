import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const PSEUDONYM = `u_${'a'.repeat(32)}`
let service: ToldService

beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

describe('gatehouse access', () => {
  it('writes CSV as the service does, byte for byte', async () => {
    const csv = `pseudonym,name\r\n${PSEUDONYM},"O'Hara, Ana"\r\n`
    service.reply = ({ request }) => {
      if (request.startsWith('GET /v1/access/review.csv')) return { body: csv, headers: { 'content-type': 'text/csv' } }
      if (request.startsWith('GET /v1/whoami')) return { body: { scopes: ['people:read'], pseudonym: PSEUDONYM } }
      return { body: { items: [{ pseudonym: PSEUDONYM, name: 'O\'Hara, "Ana"' }], next_cursor: null } }
    }
    const { stdout, code } = await service.gatehouse('access', 'review', '--format', 'csv')
    expect([stdout, code]).toEqual([csv, 0])
  })

  it('says of whom it is not known whether they may, why, and how it would be', async () => {
    const problem = { status: 400, code: 'request.invalid', detail: '/name is missing' }
    const page = { items: [], asked: 2, undecided: [{ ...problem, people: 2 }] }
    service.tell({ ...page, next_cursor: 'more' }, { ...page, next_cursor: null })
    const { stdout, code } = await service.gatehouse('access', 'who-can', 'key.create')
    expect(code).toBe(1)
    expect(stdout).not.toContain('(none)')
    expect(stdout).toMatch(/^Not decided for 4 of those.*\/name is missing\n.*--with/)
    service.tell({ ...page, next_cursor: 'more' }, { ...page, next_cursor: null })
    const json = await service.gatehouse('access', 'who-can', 'key.create', '--json')
    expect([JSON.parse(json.stdout), json.code]).toEqual([
      { items: [], asked: 4, undecided: [{ ...problem, people: 4 }] },
      1,
    ])
    service.tell({ items: [], asked: 2, undecided: [], next_cursor: null })
    expect(await service.gatehouse('access', 'who-can', 'key.create')).toMatchObject({ stdout: '(none)\n', code: 0 })
  })
})

describe('gatehouse status', () => {
  it('ends with 1 where a part is down', async () => {
    for (const [status, code] of [
      ['error', 1],
      ['ok', 0],
    ] as const) {
      service.tell({ status, details: { signing_key: { status: status === 'ok' ? 'up' : 'down' } } })
      expect(await service.gatehouse('status')).toMatchObject({ code })
    }
  })
})
