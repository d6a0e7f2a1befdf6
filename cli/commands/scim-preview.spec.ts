import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService, type Told } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000003'
const user = (display: string) => ({ type: 'User', id: ID, display })
const entry = (effects: object[], more: object = {}) => ({
  ...{ method: 'PATCH', path: '/scim/v2/Users/x', status: 200, outcome: 'done', detail: null, effects, would: true },
  ...more,
})
const LOG = [
  entry([], { status: 429, outcome: 'refused', detail: 'Many people would be let go at once' }),
  entry([
    { kind: 'user.deactivated', resource: user('ada') },
    { kind: 'roles.lost', resource: user('ada'), detail: 'admin' },
    { kind: 'roles.lost', resource: user('ada'), detail: 'auditor', by_group: { id: ID, display: 'Auditors' } },
  ]),
  entry([{ kind: 'user.changed', resource: user('grace'), changed: ['displayName'] }]),
  entry([{ kind: 'user.created', resource: user('linus') }]),
]

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
  service.reply = ({ request }): Told => {
    if (request.startsWith('POST')) return { status: 201, body: { secret: 'ghs_secret', expires_at: 'tomorrow' } }
    if (request.includes('/log'))
      return request.includes('cursor=')
        ? { body: { items: LOG.slice(2), next_cursor: null } }
        : { body: { items: LOG.slice(0, 2), next_cursor: ID } }
    return { body: { items: [{ id: ID, name: 'Okta' }], next_cursor: null } }
  }
})
afterEach(() => service.stop())

describe('gatehouse scim preview', () => {
  it('makes a token for previews alone', async () => {
    const { stdout } = await service.gatehouse('scim', 'preview', 'Okta')
    expect(stdout).toContain('ghs_secret')
    expect(service.asked.at(-1)).toEqual({
      ...{ request: `POST /v1/scim/connections/${ID}/tokens` },
      body: { name: 'preview', preview: true, expires_in_days: 1 },
    })
  })

  it('says who would be created, changed, lose roles, lose access, and what would be refused', async () => {
    const { stdout } = await service.gatehouse('scim', 'preview', 'Okta', '--results')
    expect(stdout.split('\n').map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        ...['Would be created: 1', 'user.created linus', 'Would be changed: 1', 'user.changed grace displayName'],
        ...[
          'Would lose roles: 2',
          'roles.lost ada admin',
          'roles.lost ada by Auditors: auditor',
          'Would lose access: 1',
          'user.deactivated ada',
        ],
        'Would be refused: 1',
      ]),
    )
    const { stdout: json } = await service.gatehouse('scim', 'preview', ID, '--since', '2h', '--json')
    expect(JSON.parse(json)).toMatchObject({
      loses_roles: [{ detail: 'admin' }, { by_group: { display: 'Auditors' } }],
      refused: [{ status: 429 }],
    })
    expect(service.asked.at(-1)!.request).toContain('since=')
  })

  it('asks for a connection that there is', async () => {
    const { code, stderr } = await service.gatehouse('scim', 'preview', 'Entra', '--results')
    expect([code, stderr]).toEqual([2, expect.stringContaining('CONNECTION Entra')])
  })
})
