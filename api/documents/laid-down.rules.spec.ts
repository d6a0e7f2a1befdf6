import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { LimitEntry, LimitsDocument, ListDocument, ListEntry } from '#contract/api/documents.js'
import type { LaidDown } from './documents.repository.js'
import { changesAt, dailyLimit, installLimits, listedIn, rateLimits, type Looked } from './laid-down.rules.js'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const EARLIER = '2026-11-26T11:00:00Z'
const LATER = '2026-11-26T13:00:00Z'
const LOOKED: Looked = {
  extension: 'com.acme.ledger',
  version: '1.4.2',
  publisher: { id: '01990000-0000-7000-8000-0000000000b1', slug: 'acme-labs' },
  categories: ['finance'],
  permissions: ['log:write', 'http:fetch'],
}

const list = (...entries: object[]): LaidDown => lists({ entries })
const lists = (...documents: { admits?: string; entries: object[] }[]): LaidDown => ({
  lists: documents.map(({ admits, entries }, index) => ({
    name: `list-${index}`,
    revision: index + 1,
    document: ListDocument.parse({
      title: 'List',
      ...(admits && { admits }),
      entries: entries.map((entry) => ({ why: 'because', ...entry })),
    }),
  })),
  limits: [],
})
const limits = (...entries: object[]): LaidDown => ({
  lists: [],
  limits: [
    {
      name: 'default',
      revision: 1,
      document: LimitsDocument.parse({
        title: 'Limits',
        entries: entries.map((each) => ({ why: 'because', ...each })),
      }),
    },
  ],
})
const effect = (laid: LaidDown, looked: Partial<Looked> = {}) =>
  listedIn(laid, { ...LOOKED, ...looked }, NOW)?.effect ?? null

describe('what lists say of a version', () => {
  it.each([
    ['its id', { extension: 'com.acme.ledger' }],
    ['a pattern of its id', { extension: 'com.acme.*' }],
    ["its publisher's slug", { publisher: 'acme-*' }],
    ["its publisher's id", { publisher: LOOKED.publisher.id }],
    ['a range that it lies in', { extension: '*', version: '<1.5' }],
    ['its category', { category: 'finance' }],
    ['a permission that would be granted', { permission: 'http:*' }],
    ['several things that all fit', { publisher: 'acme-labs', version: '>=1', permission: 'log:*' }],
  ])('goes by %s', (_, named) => {
    const found = listedIn(list({ effect: 'deny', ...named }), LOOKED, NOW)
    expect(found).toMatchObject({ effect: 'deny', list: 'list-0', revision: 1, until: null })
    expect(found?.entry).toBe(
      Object.entries(named)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    )
  })

  it.each([
    ['another id', { extension: 'com.acme.other' }],
    ['another publisher', { publisher: 'globex' }],
    ['other versions', { extension: '*', version: '>=2' }],
    ['another category', { category: 'hr' }],
    ['a permission that would not be granted', { permission: 'kv:*' }],
    ['two things of which one does not fit', { extension: 'com.acme.*', category: 'hr' }],
  ])('says nothing of %s', (_, named) => expect(effect(list({ effect: 'deny', ...named }))).toBeNull())

  it('counts a prerelease among the versions of its range', () => {
    expect(effect(list({ effect: 'deny', extension: '*', version: '>=2.0.0-0' }), { version: '2.1.0-rc.1' })).toBe(
      'deny',
    )
  })

  it('holds from its beginning and until its end', () => {
    const entry = { effect: 'deny', extension: '*' }
    expect(effect(list({ ...entry, until: LATER }))).toBe('deny')
    expect(effect(list({ ...entry, until: EARLIER }))).toBeNull()
    expect(effect(list({ ...entry, from: LATER }))).toBeNull()
    expect(effect(list({ ...entry, from: EARLIER, until: LATER }))).toBe('deny')
    expect(listedIn(list({ ...entry, until: LATER }), LOOKED, NOW)?.until).toBe(Date.parse(LATER))
  })

  it('is deny before pin, pin before what a closed list leaves out, and that before allow, whichever list says it', () => {
    const allow = { effect: 'allow', extension: '*' }
    const pin = { effect: 'pin', extension: 'com.acme.*', version: '^2' }
    const deny = { effect: 'deny', publisher: 'acme-labs' }
    const closed = { admits: 'listed', entries: [] }
    expect(effect(lists({ entries: [allow] }))).toBe('allow')
    expect(effect(lists({ entries: [allow] }, closed))).toBe('unlisted')
    expect(effect(lists(closed, { entries: [allow, pin] }))).toBe('pin')
    expect(effect(lists({ entries: [allow, pin] }, closed, { entries: [deny] }))).toBe('deny')
  })

  it('lets a pinned extension through within its range, also on a closed list', () => {
    const pin = { effect: 'pin', extension: 'com.acme.*', version: '^1.4' }
    expect(effect(lists({ admits: 'listed', entries: [pin] }))).toBe('allow')
    expect(effect(list(pin), { extension: 'org.other.thing', version: '9.0.0' })).toBeNull()
  })

  it('is never widened by an entry that denies or pins more', () => {
    const name = fc.constantFrom('*', 'com.acme.*', 'com.acme.ledger', 'org.*')
    const version = fc.constantFrom('^1', '^2', '>=1.4.2')
    const narrowing = fc.oneof(
      fc.record({ effect: fc.constant('deny'), extension: name }),
      fc.record({ effect: fc.constant('pin'), extension: name, version }),
    )
    const any = fc.oneof(narrowing, fc.record({ effect: fc.constant('allow'), extension: name }))
    const lets = (found: string | null) => found === null || found === 'allow'
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), narrowing, (entries, more) => {
        if (!lets(effect(list(...entries)))) expect(lets(effect(list(...entries, more)))).toBe(false)
      }),
    )
  })
})

describe('limits', () => {
  const at = { extension: 'com.acme.ledger', now: NOW }

  it('are the strictest of those that hold for the extension now', () => {
    const laid = limits(
      { limit: 'calls_per_day', value: 1000 },
      { limit: 'calls_per_day', value: 10, extension: 'com.acme.*' },
      { limit: 'calls_per_day', value: 5, extension: 'org.*' },
      { limit: 'calls_per_day', value: 1, until: EARLIER },
      { limit: 'calls_per_day', value: 2, from: LATER },
    )
    expect(dailyLimit(laid, at)).toEqual({ limit: 10 })
    expect(dailyLimit(limits(), at)).toBeNull()
  })

  it('on calls a minute are the strictest for each thing that is counted', () => {
    const minute = { limit: 'calls_per_minute' }
    const laid = limits(
      { ...minute, value: 9 },
      { ...minute, value: 3, extension: 'com.acme.*' },
      { ...minute, value: 1, extension: 'org.*' },
      { ...minute, value: 4, per: 'key' },
      { ...minute, value: 40, per: 'organisation' },
      { ...minute, value: 50, per: 'organisation' },
      { ...minute, value: 30, per: 'organisation', extension: 'com.acme.*' },
    )
    expect(rateLimits(laid, at)).toEqual([
      { per: 'install', limit: 3, extensions: 'com.acme.*' },
      { per: 'key', limit: 4, extensions: '*' },
      { per: 'organisation', limit: 40, extensions: '*' },
      { per: 'organisation', limit: 30, extensions: 'com.acme.*' },
    ])
  })

  it('that were laid down before they said what is counted are for each install', () => {
    const laid = limits({ limit: 'calls_per_minute', value: 3 })
    const [entry] = laid.limits[0]!.document.entries
    delete (entry as { per?: string }).per
    expect(rateLimits(laid, at)).toMatchObject([{ per: 'install', limit: 3 }])
  })

  it('on installs count those that they hold for, and the one with the least room counts', () => {
    const laid = limits(
      { limit: 'installs', value: 3 },
      { limit: 'installs', value: 2, extension: 'com.acme.*' },
      { limit: 'grant_risk', value: 'high' },
      { limit: 'grant_risk', value: 'medium' },
    )
    expect(installLimits(laid, ['com.acme.a', 'org.b', 'org.c'], at)).toEqual({
      installs: { limit: 3, used: 3 },
      grant_risk: 'medium',
    })
    expect(installLimits(laid, ['com.acme.a', 'com.acme.b'], at).installs).toEqual({ limit: 2, used: 2 })
    expect(installLimits(limits(), ['com.acme.a'], at)).toEqual({ installs: null, grant_risk: null })
  })
})

describe('what holds', () => {
  it('changes by itself when the next entry begins or ends', () => {
    const entry = { effect: 'deny', extension: '*' }
    expect(changesAt(list({ ...entry, from: EARLIER, until: LATER }), NOW)).toBe(Date.parse(LATER))
    expect(changesAt(list({ ...entry, from: LATER }), NOW)).toBe(Date.parse(LATER))
    expect(changesAt(limits({ limit: 'installs', value: 1, until: LATER }), NOW)).toBe(Date.parse(LATER))
    expect(changesAt(list(entry, { ...entry, until: EARLIER }), NOW)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('an entry', () => {
  it.each([
    ['that names nothing', { effect: 'deny' }],
    ['that pins without a range', { effect: 'pin', extension: 'com.acme.*' }],
    ['that pins a category', { effect: 'pin', extension: '*', version: '1', category: 'hr' }],
    ['whose range is none', { effect: 'deny', extension: '*', version: 'new ones' }],
    ['that ends before it begins', { effect: 'deny', extension: '*', from: LATER, until: EARLIER }],
    ['without a reason', { effect: 'deny', extension: '*', why: '' }],
  ])('%s is refused', (_, entry) => expect(ListEntry.safeParse({ why: 'because', ...entry }).success).toBe(false))

  it('of a limit takes a value of its own kind', () => {
    const parse = (limit: string, value: unknown) => LimitEntry.safeParse({ limit, value, why: 'because' }).success
    expect([parse('installs', 0), parse('installs', -1), parse('installs', 'low')]).toEqual([true, false, false])
    expect([parse('grant_risk', 'low'), parse('grant_risk', 1), parse('calls', 1)]).toEqual([true, false, false])
  })
})
