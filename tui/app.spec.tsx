import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { cleanup, render } from 'ink-testing-library'
import type { GatehouseClient } from '#sdk/client/client.js'
import { App } from './app.js'
import { fixtureClient, FIXTURES } from './testing/fixture-client.js'

afterEach(cleanup)

const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 8; turns++) await turn()
}

const MANY_TURNS = 20_000

/** A console as a person has it before them: what it shows, and keys to press. */
const open = async (options: { canAct?: boolean; client?: GatehouseClient; columns?: number } = {}) => {
  const { canAct = true, client = fixtureClient(), columns = 100 } = options
  const app = render(<App client={client} canAct={canAct} interactive size={{ columns, rows: 24 }} />)
  await settle()
  return {
    shown: () => app.lastFrame() ?? '',
    /** For what takes its time: a lone escape, which may begin the code of another key, or a program that runs. */
    see: async (text: string) => {
      for (let turns = 0; turns < MANY_TURNS && !app.lastFrame()?.includes(text); turns++) await turn()
      expect(app.lastFrame()).toContain(text)
    },
    press: async (...keys: string[]) => {
      for (const key of keys) {
        app.stdin.write(key)
        await settle()
      }
    },
  }
}

/** A client that answers from fixtures and keeps what it was asked to do. */
const recording = () => {
  const asked: { endpoint: string; request: unknown }[] = []
  const base = fixtureClient({
    ...FIXTURES,
    'kills.engage': {
      order: FIXTURES['kills.list']?.items[1],
      nodes: { acknowledged: ['one'], lapsed: [], not_reached: [] },
    },
  })
  const client = {
    get: (endpoint: never, request: unknown) => {
      asked.push({ endpoint, request })
      return base.get(endpoint, request as never)
    },
  } as unknown as GatehouseClient
  return { client, asked }
}

describe('the console', () => {
  it('goes to a screen by name and filters its rows', async () => {
    const { press, shown } = await open()
    await press(':', 'dec', '\r', '/', 'hold', '\r')
    expect(shown()).toContain('… hold')
    expect(shown()).not.toContain('✓ allow')
    await press('\u001b')
    await settle()
  })

  it('describes the selected row, and shows it as JSON', async () => {
    const { press, shown } = await open()
    await press(':', 'ext', '\r', 'j', 'd')
    expect(shown()).toContain('com.acme-labs.expense-classifier')
    await press('\u001b', 'y')
    expect(shown()).toContain('"name": "com.acme-labs.expense-classifier"')
  })

  it('lists its keys, with the reason of those that do nothing', async () => {
    const { press, shown } = await open({ canAct: false })
    await press(':', 'ext', '\r', '?')
    expect(shown()).toMatch(/K\s+kill \(read-only: start with --act\)/)
  })

  it('kills only for a reason and the name typed exactly', async () => {
    const { client, asked } = recording()
    const { press, shown } = await open({ client })
    await press(':', 'ext', '\r', 'K')
    expect(shown()).toContain('Kill com.acme-labs.lockfile-auditor everywhere')
    await press('leaks', '\t', 'com.acme-labs.lockfile', '\r')
    expect(asked.some(({ endpoint }) => endpoint === 'kills.engage')).toBe(false)
    await press('-auditor', '\r')
    expect(asked.find(({ endpoint }) => endpoint === 'kills.engage')?.request).toEqual({
      body: { scope: 'extension', target: 'com.acme-labs.lockfile-auditor', reason: 'leaks' },
    })
    expect(shown()).toContain('acknowledged by 1')
  })

  it('takes a pasted line for words, and waits for enter', async () => {
    const { press, shown } = await open()
    await press(':', 'ext\r')
    expect(shown()).toContain(':ext▏')
    await press('\r')
    expect(shown()).toContain('com.acme-labs.lockfile-auditor')
  })

  it('takes a line that comes in one piece with its colon: it goes to a screen, and a command waits for enter', async () => {
    const { press, shown } = await open()
    await press(':ext\r')
    expect(shown()).toContain('> com.acme-labs.lockfile-auditor')
    await press('/misb\r')
    expect(shown()).toContain('> com.acme-labs.misbehaver')
    await press(':kill tenant globex --reason leak\r')
    expect(shown()).toContain(':kill tenant globex --reason leak▏')
  })

  it('moves by as many rows as keys came at once', async () => {
    const { press, shown } = await open()
    await press(':ext\r', 'jj')
    expect(shown()).toContain('> com.acme-labs.misbehaver')
  })

  it('goes to a screen by the name on its tab', async () => {
    const { press, shown } = await open()
    await press(':', 'tenant', '\r')
    expect(shown()).toContain('of 200 past decisions: 3 denied, 0 held')
  })

  it.each([60, 80, 120])('says first that an emergency lasts, in %i columns', async (columns) => {
    const client = fixtureClient({
      ...FIXTURES,
      'health.report': {
        status: 'ok',
        details: {
          policy: {
            ...{ status: 'degraded', revision: `sha256:${'c'.repeat(64)}`, check: 'passed' },
            break_glass_until: '2026-11-21T12:30:00.000Z',
          },
        },
      },
    })
    const { shown } = await open({ client, columns })
    expect(shown()).toContain('✗ degraded')
    expect(shown()).toContain(columns === 60 ? 'BREAK GLASS until' : 'BREAK GLASS until 2026-11-21 12:30')
    expect(shown()).not.toContain('c'.repeat(13))
  })

  it('always says where help is, and has room for the steps of a draft', async () => {
    const { press, shown } = await open({ columns: 80 })
    await press(':', 'pol', '\r', 'j', 'j')
    expect(shown()).toMatch(/c check {3}D diff {3}R rebase .*\? help {3}q quit/)
    await press('b')
    expect(shown()).toContain('! roll back to: it is no revision')
  })

  it('shows people by name, as soon as it knows them', async () => {
    const pseudonym = `u_${'5ea1'.repeat(8)}`
    const [sealed] = FIXTURES['policy.revisions']!.revisions
    const client = fixtureClient({
      ...FIXTURES,
      'whoami.show': { pseudonym: `u_${'0'.repeat(32)}`, scopes: ['people:read'] },
      'people.list': { items: [{ pseudonym, name: 'Robin Roe' }], next_cursor: null },
      'policy.revisions': { revisions: [{ ...sealed, sealed_by: pseudonym }] },
    })
    const { press, shown } = await open({ client, columns: 160 })
    await press(':', 'pol', '\r')
    expect(shown()).toContain('sealed by Robin Roe')
    await press('j', 'y')
    expect(shown()).toContain(`"sealed_by": "${pseudonym}"`)
  })

  it('acts on the row that it asked about, though others arrive meanwhile', async () => {
    const { client, asked } = recording()
    const base = client.get.bind(client) as (endpoint: string, request: unknown) => Promise<{ items: object[] }>
    let arrived = false
    const growing = {
      get: async (endpoint: string, request: unknown) => {
        const answer = await base(endpoint, request)
        if (endpoint !== 'extensions.list' || !arrived) return answer
        return {
          ...answer,
          items: [{ ...answer.items[0], id: 'newcomer', name: 'com.acme-labs.newcomer' }, ...answer.items],
        }
      },
    } as unknown as GatehouseClient
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] })
    try {
      const { press, shown } = await open({ client: growing })
      await press(':', 'ext', '\r', 'K')
      arrived = true
      jest.advanceTimersByTime(2_500)
      await settle()
      await press('leaks', '\t', 'com.acme-labs.lockfile-auditor', '\r')
      expect(asked.find(({ endpoint }) => endpoint === 'kills.engage')?.request).toMatchObject({
        body: { target: 'com.acme-labs.lockfile-auditor' },
      })
      expect(shown()).toContain('com.acme-labs.newcomer')
    } finally {
      jest.useRealTimers()
    }
  })

  it('shows a draft with what its checks found, and why it is not sealed', async () => {
    const { press, shown } = await open({ columns: 160 })
    await press(':', 'pol', '\r', 'j', 'j')
    await press('a')
    expect(shown()).toContain('! activate: it is no revision')
    await press('?')
    expect(shown()).toMatch(/a\s+activate \(it is no revision\)/)
    expect(shown()).toMatch(/s\s+seal {2}:seal \. \(it has not passed its checks\)/)
    await press('\u001b')
    await settle()
    await press('d')
    expect(shown()).toContain('governance/admin/admin.rego:383 is not formatted')
  })

  it('activates a revision only for a reason and its short name typed exactly', async () => {
    const asked: { endpoint: string; request: unknown }[] = []
    const base = fixtureClient()
    const client = {
      get: base.get.bind(base),
      call: async (endpoint: string, request: unknown) => {
        asked.push({ endpoint, request })
        return { kind: 'held', approval: { id: 'a-1' } }
      },
    } as unknown as GatehouseClient
    const { press, shown } = await open({ client })
    await press(':', 'pol', '\r', 'j', 'a')
    expect(shown()).toContain('Activate sha256:dddddddddddd')
    await press('owners', '\t', 'sha256:ddddddddddd', '\r')
    expect(asked).toEqual([])
    await press('d', '\r')
    const request = { params: { revision: `sha256:${'d'.repeat(64)}` }, body: { reason: 'owners' } }
    expect(asked).toEqual([{ endpoint: 'policy.activate', request }])
    expect(shown()).toContain('a second person must agree')
  })

  it('runs a command on the selected row, and shows what it says until it is left', async () => {
    const { client, asked } = recording()
    const { press, shown, see } = await open({ client, columns: 120 })
    await press(':', 'pol', '\r', 'j', 'j', ':', 'dra', '\t')
    expect(shown()).toContain(':drafts ▏   policy drafts [draft]')
    await press('.', '\r')
    expect(asked.at(-1)).toMatchObject({ request: { params: { id: '01940000-0000-7000-8000-000000000500' } } })
    expect(shown()).toContain('✓ done: policy drafts 01940000-0000-7000-8000-000000000500')
    expect(shown()).toContain('name     keys come from owners')
    await press('\u001b')
    await see('WHAT')
  })

  it('opens a command with what it lacks where a key stands for one, on the rows that it is for', async () => {
    const { press, shown } = await open({ columns: 120 })
    await press(':', 'pol', '\r', 'j', 'e')
    expect(shown()).not.toContain(':edit')
    await press('j', 'e')
    expect(shown()).toContain(':edit . ▏   policy edit <draft> <path>')
  })

  it.each([
    ['verify x', 'DRAFT x is no id of a draft'],
    ['drafts --as reviewer', 'the console was started for one service and one person'],
    ['new', "missing required argument 'name'"],
  ])('says what is wrong with a command that is called wrongly: %s', async (line, words) => {
    const { press, shown } = await open({ columns: 120 })
    await press(':', 'pol', '\r', ':', line, '\r')
    expect(shown()).toContain('! called wrongly')
    expect(shown()).toContain(words)
  })

  it('knows no command that is none, nor any that needs a terminal of its own', async () => {
    const { press, shown } = await open()
    await press(':', 'console', '\r')
    expect(shown()).toContain('! neither a screen nor a command is called console')
  })

  it('sends nothing that changes anything while it is read-only, whatever is typed', async () => {
    const { client, asked } = recording()
    const { press, shown } = await open({ client, canAct: false })
    await press(':', 'pol', '\r', ':', 'new x', '\r')
    expect(shown()).toContain('Refused: The console is read-only (console.read_only)')
    expect(asked.some(({ endpoint }) => endpoint === 'drafts.create')).toBe(false)
  })

  it('asks before a command does what is dangerous, and does nothing where it is left', async () => {
    const { client, asked } = recording()
    const { press, shown, see } = await open({ client, columns: 120 })
    const engaged = () => asked.filter(({ endpoint }) => endpoint === 'kills.engage')
    await press(':', 'kill tenant globex --reason leak', '\r')
    expect(shown()).toContain('! Kill tenant globex')
    expect(shown()).toContain('reason: leak')
    await press('globe', '\r')
    expect(engaged()).toEqual([])
    await press('\u001b')
    await see('kill tenant globex --reason leak: – left, not done')
    await press(':', 'kill tenant globex --reason leak', '\r', 'globex', '\r')
    expect(engaged()).toHaveLength(1)
    expect(shown()).toContain('✓ done: kill tenant globex')
  })

  it('lends the terminal to an editor and sends what was written', async () => {
    const before = process.env['EDITOR']
    process.env['EDITOR'] = 'printf edited >'
    const asked: { endpoint: string; request: unknown }[] = []
    const base = fixtureClient({
      ...FIXTURES,
      'drafts.read': { text: 'x', version: 3 },
      'drafts.write': FIXTURES['drafts.show'],
    })
    const client = {
      get: async (endpoint: never, request: unknown) => {
        asked.push({ endpoint, request })
        return base.get(endpoint, request as never)
      },
    } as unknown as GatehouseClient
    try {
      const { press, see } = await open({ client, columns: 120 })
      await press(':', 'pol', '\r', 'j', 'j', 'e', 'platform.json', '\r')
      await see('✓ done: policy edit')
      expect(asked.find(({ endpoint }) => endpoint === 'drafts.write')?.request).toMatchObject({
        body: { text: 'edited', version: 3 },
      })
    } finally {
      process.env['EDITOR'] = before
    }
  })

  it('changes nothing while it is read-only', async () => {
    const { client, asked } = recording()
    const { press, shown } = await open({ client, canAct: false })
    await press(':', 'ext', '\r', 'K')
    expect(shown()).toContain('read-only')
    expect(asked.some(({ endpoint }) => endpoint === 'kills.engage')).toBe(false)
  })

  it('says what is wrong and keeps what it last heard', async () => {
    const { shown } = await open({ client: fixtureClient({}) })
    expect(shown()).toContain('health.report has no fixture')
  })
})
