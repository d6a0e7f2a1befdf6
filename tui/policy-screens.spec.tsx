import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { cleanup, render } from 'ink-testing-library'
import type { GatehouseClient } from '#sdk/client/client.js'
import { App } from './app.js'
import { fixtureClient, FIXTURES } from './testing/fixture-client.js'
import { canaryOf } from './testing/policy-fixtures.js'

afterEach(cleanup)

const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 8; turns++) await turn()
}

const HELD = { kind: 'held', approval: { id: 'waits' } }

/** A console on a screen, and what it asked of the service beside reading. */
const open = async (screen: string, answers: Record<string, unknown> = {}, columns = 160) => {
  const asked: { endpoint: string; request: unknown }[] = []
  const base = fixtureClient({ ...FIXTURES, ...answers })
  const keep = (endpoint: string, request: unknown): void => {
    if (/\.(revoke|activate|rollback|set|revert)$/.test(endpoint)) asked.push({ endpoint, request })
  }
  const client = {
    get: (endpoint: never, request: never) => {
      keep(endpoint, request)
      return base.get(endpoint, request)
    },
    call: async (endpoint: string, request: unknown) => {
      keep(endpoint, request)
      return HELD
    },
  } as unknown as GatehouseClient
  const app = render(<App client={client} canAct interactive size={{ columns, rows: columns < 100 ? 24 : 40 }} />)
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

describe('the screen of policy', () => {
  it('shows the policy that takes over by degrees, and what its pairs show', async () => {
    const [candidate] = FIXTURES['policy.revisions']!.revisions
    const { shown, press } = await open('policy', {
      'policy.status': { ...FIXTURES['policy.status']!, canary: canaryOf(candidate!.revision) },
    })
    expect(shown()).toMatch(/◔ canary\s+sha256:d+.*decides 10 %, 120 pairs/)
    await press('/', candidate!.revision.slice(0, 19), '\r')
    await press('\r')
    expect(shown()).toContain('120 in this step, none yet with call.throttle')
    expect(shown()).toContain('2 by call.quota_exceeded, at most 7.2')
  })
})

describe('the screen of decisions', () => {
  it('types a search by any fact, and shows what the service finds', async () => {
    const { shown, press } = await open('decisions')
    await press('s')
    expect(shown()).toContain(':decisions list ▏')
    await press('--outcome deny', '\r')
    expect(shown()).toContain('✓ done: decisions list --outcome deny')
  })
})

describe('the screen of waivers', () => {
  it('has those in force first, and ends one for a reason and the rule typed exactly', async () => {
    const { asked, press, shown } = await open('waivers', {
      'waivers.revoke': FIXTURES['waivers.list']?.items[1],
    })
    expect(shown()).toMatch(/> ● in force\s+install\.yanked/)
    await press('x')
    expect(shown()).toContain('End the waiver of install.yanked')
    await press('it is mended', '\t', 'install.yank', '\r')
    expect(asked).toEqual([])
    await press('ed', '\r')
    expect(asked).toMatchObject([{ endpoint: 'waivers.revoke', request: { body: { why: 'it is mended' } } }])
    expect(shown()).toContain('ended: install.yanked counts again')
  })

  it('says why one that is over is not ended, and begins a request', async () => {
    const { asked, press, shown } = await open('waivers')
    await press('j', 'x')
    expect(shown()).toContain('x end now (it is revoked)')
    await press('n')
    expect(shown()).toContain(':request ▏')
    expect(asked).toEqual([])
  })

  it('says that there are none, and that they cannot be read', async () => {
    const none = await open('waivers', { 'waivers.list': { items: [], next_cursor: null } })
    expect(none.shown()).toContain('No rule was ever waived.')
    const refused = await open('waivers', { 'waivers.list': Promise.reject(new Error('the service is away')) })
    expect(refused.shown()).toContain('the service is away')
  })
})

describe('the screen of tenant policy', () => {
  it('activates a draft that passed only once its version is typed, and tells that it waits', async () => {
    const { asked, press, shown } = await open('restrictions')
    expect(shown()).toContain('of 200 past decisions: 3 denied, 0 held')
    await press('a', 'owners make keys', '\t', 'draft 4', '\r')
    expect(asked).toEqual([
      { endpoint: 'restrictions.activate', request: { body: { version: 4, reason: 'owners make keys' } } },
    ])
    expect(shown()).toContain('held: a second person of your organisation must agree (approval waits)')
  })

  it('goes back to an earlier change, and not to the one in force', async () => {
    const { asked, press, shown } = await open('restrictions', {
      'restrictions.rollback': { ...FIXTURES['restrictions.show']?.in_force, seq: 3 },
    })
    await press('j')
    await press('b')
    expect(shown()).toContain('! roll back to: it is in force')
    await press('j', 'b', 'it was better', '\t', 'change 1', '\r')
    expect(asked).toEqual([
      { endpoint: 'restrictions.rollback', request: { body: { to: 1, reason: 'it was better' } } },
    ])
    expect(shown()).toContain('back in force by change 3')
  })
})

describe('the screens of documents', () => {
  it.each([
    ['lists', 'deny', 'publisher shady: it floods its neighbours'],
    ['limits', 'limit', 'calls_per_day 5000 for *: budget'],
    ['roles', 'scope', 'installs:write'],
  ])('%s shows what one holds', async (screen, label, value) => {
    const { press, shown } = await open(screen)
    await press('d')
    expect(shown()).toContain(label)
    expect(shown()).toContain(value)
  })

  it('begins the commands of the selected one by its keys', async () => {
    const { press, shown } = await open('lists')
    await press('e')
    expect(shown()).toContain(':set . --reason ▏')
  })
})

describe('an approval of a policy', () => {
  const [replaces, revision, whatIf] = ['a', 'd'].map((digit) => `sha256:${digit.repeat(64)}`).concat('0194-w')
  const approval = {
    ...FIXTURES['approvals.show'],
    action: 'policy.activate',
    subject: {
      ...{ revision, replaces, reason: 'owners make keys', draft: null, break_glass: null, canary: null },
      what_if: { id: whatIf, decisions: 1204, flips: 5, within_budget: true },
    },
  }

  it('is told in words at 80 columns, with the commands that show more, and so where people vote', async () => {
    const { press, shown } = await open('waiting', { 'approvals.list': { items: [approval], next_cursor: null } }, 80)
    await press('\r')
    expect(shown()).toContain('  why         owners make keys')
    expect(shown()).toContain('(:policy diff sha256:dddddddddddd --from sha256:aaaaaaaaaaaa)')
    expect(shown()).toContain('5 of 1204 past decisions would flip, within its flip budget')
    expect(shown()).toMatch(/^ +\(:policy what-ifs 0194-w\)/m)
    expect(shown()).not.toContain('{"')
    await press('\u001b')
    for (let turns = 0; turns < 20_000 && !shown().includes('VOTES'); turns++) await turn()
    await press('a')
    expect(shown()).toContain('5 of 1204 past decisions would flip')
  })
})

describe('the history of the policy', () => {
  it('fits 80 columns, a line for each change', async () => {
    const change = (seq: number) => ({
      ...{ seq, at: `2026-11-21T09:30:0${seq}.000Z`, kind: 'activate', replaces: null, approval_id: null },
      ...{
        revision: `sha256:${'a'.repeat(64)}`,
        by: `u_${'5'.repeat(32)}`,
        reason: 'because of a long story '.repeat(5),
      },
      ...{ expires_at: null, decision_id: 'x' },
    })
    const { press, shown } = await open('policy', { 'policy.history': { activations: [change(2), change(1)] } }, 80)
    await press('H')
    const said = shown().split('\n').slice(1)
    expect(said.find((text) => text.startsWith('no.'))).toMatch(/at +what +revision +by +reason/)
    const rows = said.filter((text) => /^\d {2}/.test(text))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/^2 +2026-11-21 09:30 +activate +sha256:aaaaaaaaaaaa +u_5+… +because of.*…/)
  })

  it('names the next command as it is typed here', async () => {
    const { press, shown } = await open('policy', {}, 80)
    await press('j', 'j', ':', 'drafts .', '\r')
    expect(shown()).toContain('Next: :policy verify')
  })
})

describe('break-glass', () => {
  it('alone does not count as having decided', async () => {
    const { revision } = FIXTURES['policy.revisions']!.revisions[0]!
    const change = { revision, kind: 'break_glass', seq: 1 }
    const { asked, press, shown } = await open('policy', { 'policy.history': { activations: [change] } })
    expect(shown()).toMatch(/glass only\s+sha256:d+.*decided by break-glass only/)
    await press('j', 'b')
    expect(shown()).toContain('! roll back to: it decided by break-glass only: activate it')
    await press('d')
    expect(shown()).toMatch(/decided before +by break-glass only: two people put it in force/)
    expect(asked).toEqual([])
  })

  it('is asked for by a key on a sealed revision, and shown while it lasts', async () => {
    const { press, shown } = await open('policy', {
      'policy.status': {
        ...FIXTURES['policy.status'],
        break_glass: { reason: 'nobody gets in', by: 'u_5ea1', expires_at: '2026-11-21T12:30:00.000Z' },
      },
    })
    expect(shown()).toMatch(/■ emergency.*by break-glass until 12:30/)
    await press('j', 'B')
    expect(shown()).toContain(':activate . --break-glass ▏')
  })

  it('says before it is sent that it takes two more, and that all are told', async () => {
    const { asked, press, shown } = await open('policy')
    await press('j', ':', 'activate . --break-glass 2h --reason "nobody gets in"', '\r')
    for (let turns = 0; turns < 20_000 && !shown().includes('Break glass'); turns++) await turn()
    expect(shown()).toContain('once two people besides you agree')
    expect(asked).toEqual([])
  })
})
