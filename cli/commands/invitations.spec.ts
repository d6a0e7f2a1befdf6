import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService, type Told } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const SENT = {
  ...{ id: ID, email: 'ana@acme.example', roles: [], custom_roles: [], expires_at: 'soon', state: 'open' },
  in_workspaces: [{ workspace_id: ID, roles: ['installer', 'viewer'] }],
  ...{ delivery: 'mailed', accept_by: 'token', token: null },
}

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
  service.reply = ({ request }): Told => {
    if (request.startsWith('POST')) return { status: 201, body: SENT }
    if (request.includes('/whoami')) return { body: { in_workspaces: [] } }
    if (request.includes('/workspaces')) return { body: { items: [{ id: ID, slug: 'payments' }], next_cursor: null } }
    return { body: { items: [SENT], next_cursor: null } }
  }
})
afterEach(() => service.stop())

describe('gatehouse invitations', () => {
  it('invites to workspaces, each named once with its roles', async () => {
    const roles = ['--in-workspace', 'payments=installer', 'payments=viewer']
    const { code, stderr } = await service.gatehouse('invitations', 'create', 'ana@acme.example', ...roles)
    expect([code, stderr]).toEqual([0, ''])
    expect(service.asked.at(-1)).toEqual({
      request: 'POST /v1/invitations',
      body: {
        ...{ email: 'ana@acme.example', roles: [], custom_roles: [] },
        in_workspaces: [{ workspace_id: ID, roles: ['installer', 'viewer'] }],
      },
    })
    expect((await service.gatehouse('invitations', 'list')).stdout).toContain(`installer and viewer in ${ID}`)
  })

  it('says what a workspace with a role looks like', async () => {
    const { code, stderr } = await service.gatehouse(
      'invitations',
      'create',
      'a@b.example',
      '--in-workspace',
      'payments',
    )
    expect([code, stderr]).toEqual([2, expect.stringContaining('such as payments=installer')])
    expect(service.asked).toEqual([])
  })
})
