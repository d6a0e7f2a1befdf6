import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService, type Told } from '../testing/told-service.js'

const TEAM = '0198c0de-0000-7000-8000-000000000001'
const ANA = '0198c0de-0000-7000-8000-000000000002'
const whoami = (...slugs: string[]) => ({
  in_workspaces: slugs.map((slug) => ({ workspace: { id: TEAM, slug, name: slug }, roles: ['workspace_admin'] })),
})
const member = { person: { id: ANA, name: 'Ana' }, roles: ['caller'], given_at: 'then', version: 3 }
const page = (...items: object[]) => ({ items, next_cursor: null })

let service: ToldService
let sent: string[]
const answering = (answers: Readonly<Record<string, Told>>): void => {
  service.reply = ({ request }) => {
    sent.push(request)
    const found = Object.entries(answers).find(([begins]) => request.startsWith(begins))
    return found ? found[1] : { status: 404, body: { code: 'not_found', title: 'Not there', status: 404 } }
  }
}
beforeEach(async () => {
  sent = []
  service = await ToldService.start()
})
afterEach(() => service.stop())

describe('gatehouse workspaces', () => {
  it('finds the workspace that one administers by its slug, without the right to list any, and changes what a member has', async () => {
    answering({
      'GET /v1/whoami': { body: whoami('team') },
      [`GET /v1/workspaces/${TEAM}/members`]: { body: page(member) },
      [`PUT /v1/workspaces/${TEAM}/members/${ANA}`]: { body: { ...member, roles: ['installer'] } },
    })
    const { code, stdout, stderr } = await service.gatehouse('workspaces', 'give', 'team', ANA, '--role', 'installer')
    expect(stderr).toBe('')
    expect([code, stdout]).toEqual([0, expect.stringContaining('Ana has here: installer')])
    expect(sent.some((request) => request.startsWith('GET /v1/people'))).toBe(false)
  })

  it('says where there is none of that name', async () => {
    answering({
      'GET /v1/whoami': { body: whoami() },
      'GET /v1/workspaces': { body: page({ id: TEAM, slug: 'team-two' }) },
    })
    const { code, stderr } = await service.gatehouse('workspaces', 'members', 'team')
    expect([code, stderr]).toEqual([2, expect.stringContaining('WORKSPACE team is none that you can see')])
  })

  it('archives at the version that was read, with a reason', async () => {
    const workspace = { id: TEAM, name: 'Team', slug: 'team', status: 'archived', archived_because: 'over', version: 2 }
    answering({
      [`GET /v1/workspaces/${TEAM}`]: { body: workspace },
      [`POST /v1/workspaces/${TEAM}/archive`]: { body: workspace },
    })
    const { code, stdout } = await service.gatehouse('workspaces', 'archive', TEAM, '--reason', 'over')
    expect([code, stdout]).toEqual([0, expect.stringContaining('Team (team) is archived: over')])
  })
})
