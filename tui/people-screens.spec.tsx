import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { cleanup, render } from 'ink-testing-library'
import type { GatehouseClient } from '#sdk/client/client.js'
import { App } from './app.js'
import { fixtureClient, FIXTURES } from './testing/fixture-client.js'

afterEach(cleanup)

const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 8; turns++) await turn()
}

/** A console on a screen, and what it asked of the service beside reading. */
const open = async (screen: string, answers: Record<string, unknown> = {}, canAct = true) => {
  const asked: { endpoint: string; request: unknown }[] = []
  const base = fixtureClient({ ...FIXTURES, ...answers })
  const client = {
    get: (endpoint: never, request: never) => {
      if (/\.(end|revoke|vote|undoBrake)$/.test(endpoint)) asked.push({ endpoint, request })
      return base.get(endpoint, request)
    },
    call: (endpoint: never, request: never) => {
      asked.push({ endpoint, request })
      return base.call(endpoint, request)
    },
  } as unknown as GatehouseClient
  const app = render(<App client={client} canAct={canAct} interactive size={{ columns: 160, rows: 40 }} />)
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      app.stdin.write(key)
      await settle()
    }
  }
  await settle()
  await press(':', screen, '\r')
  return { asked, press, shown: () => app.lastFrame() ?? '' }
}

describe.each([
  ['people', 'people.list', 'There is nobody'],
  ['workspaces', 'workspaces.list', 'There is no workspace that you can see'],
  ['groups', 'scim.listGroups', 'No identity provider keeps a group here'],
  ['sync', 'scim.listLog', 'No identity provider has asked for anything yet'],
  ['brakes', 'scim.listBrakes', 'No connection has let many people go at once'],
  ['sessions', 'sessions.list', 'You are signed in nowhere'],
  ['accounts', 'accounts.list', 'There is no service account'],
])('the screen %s', (screen, endpoint, nothing) => {
  it('says what is to do where nothing is there, and that it cannot be read', async () => {
    const none = await open(screen, { [endpoint]: { items: [], next_cursor: null } })
    expect(none.shown()).toContain(nothing)
    const away = await open(screen, { [endpoint]: Promise.reject(new Error('the service is away')) })
    expect(away.shown()).toContain('the service is away')
  })
})

describe('the screen of workspaces', () => {
  it('shows who has which role in each, and why one is archived', async () => {
    const { press, shown } = await open('workspaces')
    expect(shown()).toMatch(/● active\s+payments\s+Ana Owner \(workspace_admin\), Ben Baker \(installer, viewer\)/)
    await press('j', 'd')
    expect(shown()).toContain('the trial is over')
  })
})

describe('the screen of people', () => {
  it('shows where each role comes from', async () => {
    const { press, shown } = await open('people')
    expect(shown()).toMatch(/● active\s+Ben Baker\s+member, auditor \(Auditors\), release-manager \(Auditors\)/)
    expect(shown()).toMatch(/✗ off\s+Cleo Gone\s+none/)
    await press('j', 'd')
    expect(shown()).toContain('member: their own')
    expect(shown()).toContain(
      'auditor: by group Auditors (rules default, revision 3): the yearly audit, until 2027-03-31',
    )
  })

  it('signs somebody out for a reason and their address typed exactly', async () => {
    const { asked, press, shown } = await open('people', { 'sessions.revoke': { ended: 2 } })
    await press('j', 'x')
    expect(shown()).toContain('Sign ben@acme.example out everywhere')
    await press('the laptop is lost', '\t', 'ben@acme.exampl', '\r')
    expect(asked).toEqual([])
    await press('e', '\r')
    const params = { id: FIXTURES['people.list']!.items[1]!.id }
    expect(asked).toEqual([{ endpoint: 'sessions.revoke', request: { params } }])
    expect(shown()).toContain('ended 2 sessions of ben@acme.example')
  })

  it('signs nobody out while it is read-only, and nobody who is disabled', async () => {
    const reading = await open('people', {}, false)
    await reading.press('x')
    expect(reading.shown()).toContain('x sign out (read-only)')
    const { press, shown } = await open('people')
    await press('G', 'x')
    expect(shown()).toContain('x sign out (they are disabled)')
  })

  it('begins an invitation, and asks where roles come from', async () => {
    const { press, shown } = await open('people')
    await press('i')
    expect(shown()).toContain(':create ▏')
  })
})

describe('the screen of groups', () => {
  it('shows the roles that rules give, and begins an edit of them', async () => {
    const { press, shown } = await open('groups')
    expect(shown()).toMatch(/Auditors\s+1\s+auditor, release-manager/)
    expect(shown()).toMatch(/Staff\s+412\s+none/)
    await press('e')
    expect(shown()).toContain(':set default --reason ▏')
  })
})

describe('the screen of the sync log', () => {
  it('marks previews, refusals and faults by more than colour', async () => {
    const { shown } = await open('sync')
    expect(shown()).toMatch(/✓ done\s+PATCH Group\s+member\.added Auditors, and 2 more\s+Okta/)
    expect(shown()).toMatch(/✗ refused\s+POST User\s+active must be true or false/)
    expect(shown()).toMatch(/◌ would: ✓ done\s+POST User\s+user\.deactivated ben@acme\.example/)
    expect(shown()).toMatch(/! failed\s+POST User/)
  })

  it('says what to make of a refusal, and that a preview changed nothing', async () => {
    const { press, shown } = await open('sync')
    await press('j', 'd')
    expect(shown()).toContain('gatehouse scim connections set "Okta" --quirks entra')
    const preview = await open('sync')
    await preview.press('j', 'j', 'd')
    expect(preview.shown()).toContain('nothing was changed')
    expect(preview.shown()).toContain('would be')
  })
})

describe('the screen of brakes', () => {
  const { 'scim.listBrakes': listed, 'approvals.show': approval } = FIXTURES
  const [rejected, held] = listed!.items

  it('shows those that wait for people first, and what each would let go', async () => {
    const { press, shown } = await open('brakes')
    expect(shown()).toMatch(/● waits\s+Okta\s+2\s+49\s+51\/500[\s\S]*✗ rejected\s+Okta\s+4[\s\S]*✓ released/)
    await press('d')
    expect(shown()).toContain('51 of 500 people within 60 minutes; 10 % pass')
    expect(shown()).toMatch(/held off\s+ben@acme\.example loses access \(PATCH/)
    expect(shown()).toMatch(/held off\s+dana@acme\.example loses a privileged group: Platform admins/)
    expect(shown()).toMatch(/passed before\s+cleo@acme\.example lost access/)
  })

  it('releases what it showed, for a reason and the name of the connection, by a vote on exactly that', async () => {
    const { asked, press, shown } = await open('brakes', { 'approvals.vote': { ...approval, state: 'approved' } })
    await press('a')
    expect(shown()).toContain('Release the brake of Okta')
    expect(shown()).toContain('ben@acme.example loses access')
    await press('they left', '\t', 'Okt', '\r')
    expect(asked).toEqual([])
    await press('a', '\r')
    const body = { verdict: 'approve', subject_digest: approval!.subject_digest, comment: 'they left' }
    expect(asked).toEqual([{ endpoint: 'approvals.vote', request: { params: { id: held!.approval_id }, body } }])
    expect(shown()).toContain('the approval is approved')
  })

  it('rejects what waits, and nothing else', async () => {
    const { asked, press, shown } = await open('brakes', { 'approvals.vote': { ...approval, state: 'denied' } })
    await press('x', 'a mistake of the provider', '\r')
    expect(asked).toMatchObject([{ request: { params: { id: held!.approval_id }, body: { verdict: 'deny' } } }])
    await press('j')
    expect(shown()).toContain('x reject (it is rejected)')
    await press('x')
    expect(asked).toHaveLength(1)
  })

  it('opens one that was rejected after all, by the digest that was shown, and says where somebody else is asked', async () => {
    const { asked, press, shown } = await open('brakes', { 'scim.releaseBrake': { ...rejected, state: 'released' } })
    await press('j', 'a', 'looked again', '\t', 'Okta', '\r')
    const request = { params: { id: rejected!.id }, body: { digest: rejected!.digest } }
    expect(asked).toEqual([{ endpoint: 'scim.releaseBrake', request }])
    expect(shown()).toContain('released 4 changes')
    await press('j')
    expect(shown()).toContain('a release (it is released)')
  })

  it('brings back whom it let go before, and says who is left and where there is nobody', async () => {
    const back = { restored: [{}], failed: [], left: 48 }
    const { asked, press, shown } = await open('brakes', { 'scim.undoBrake': back })
    await press('u')
    expect(shown()).toContain('49 people have access again')
    expect(shown()).toContain('cleo@acme.example')
    await press('wrong department', '\r')
    expect(asked).toEqual([{ endpoint: 'scim.undoBrake', request: { params: { id: held!.id } } }])
    expect(shown()).toContain('brought back 1 people; 48 are left: u again')
    await press('j')
    await press('u')
    expect(shown()).toContain('! undo: there is nobody to bring back')
  })

  it('begins a dry run, and does nothing while it is read-only', async () => {
    const { press, shown } = await open('brakes')
    await press('p')
    expect(shown()).toContain(':scim preview ▏')
    const reading = await open('brakes', {}, false)
    await reading.press('a', 'x', 'u')
    expect(reading.shown()).toContain('a release (read-only)')
    expect(reading.asked).toEqual([])
  })
})

describe('the screen of sessions', () => {
  it('ends another one, and not the one that it is here by', async () => {
    const { asked, press, shown } = await open('sessions', { 'sessions.end': FIXTURES['sessions.list']!.items[1] })
    await press('x')
    expect(shown()).toContain('it is the one you are here by')
    await press('j', 'x')
    expect(shown()).toContain('End Firefox on Linux')
    await press('not mine any more', '\r')
    expect(asked).toMatchObject([
      { endpoint: 'sessions.end', request: { params: { id: FIXTURES['sessions.list']!.items[1]!.id } } },
    ])
    expect(shown()).toContain('ended the browser session')
  })
})

describe('the screen of service accounts', () => {
  it('shows who answers for each, and which are refused since nobody does', async () => {
    const { press, shown } = await open('accounts')
    expect(shown()).toMatch(/● active\s+Release robot\s+developer\s+Ana Owner/)
    expect(shown()).toMatch(/! refused\s+Nightly report\s+auditor\s+Cleo Gone/)
    await press('j', 'd')
    expect(shown()).toContain('o hands it over')
    const list = await open('accounts')
    await list.press('j', 'o')
    expect(list.shown()).toContain(':handover . ▏')
  })
})
