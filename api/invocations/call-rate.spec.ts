import { describe, expect, it } from '@jest/globals'
import type { RateSubject } from '#contract/api/documents.js'
import { CallRate, type RatedCall } from './call-rate.js'

interface Told {
  readonly install?: string
  readonly tenant?: string
  readonly key?: string
  readonly endpoint?: string
}
const call = (per: readonly RateSubject[], { install = 'i', tenant = 't', key = 'k', endpoint = 'e' }: Told = {}) =>
  ({
    target: {
      installId: install,
      tenantId: tenant,
      rates: per.map((each) => ({ per: each, limit: 2, extensions: 'com.acme.*' })),
    },
    endpoint: { id: endpoint },
    caller: { keyId: key, actor: { id: 'p' } },
  }) satisfies RatedCall

describe('calls a minute', () => {
  it('are counted anew with each minute', () => {
    let now = 59_000
    const rate = new CallRate(() => now)
    const state = () => rate.count(call(['install'])).states[0]
    expect([state(), state()]).toEqual([
      { per: 'install', limit: 2, used: 0, resetsInS: 1 },
      { per: 'install', limit: 2, used: 1, resetsInS: 1 },
    ])
    now = 60_000
    expect(state()).toMatchObject({ used: 0, resetsInS: 60 })
  })

  it.each([
    ['install', [{ key: 'k2' }, { endpoint: 'e2' }], [{ install: 'i2' }]],
    ['organisation', [{ install: 'i2' }, { key: 'k2' }], [{ tenant: 't2' }]],
    ['key', [{ endpoint: 'e2' }], [{ key: 'k2' }, { install: 'i2' }]],
    ['endpoint', [{ key: 'k2' }], [{ endpoint: 'e2' }, { install: 'i2' }]],
  ] as const)('for each %s are counted apart from others', (per, same, apart) => {
    const rate = new CallRate(() => 0)
    const used = (told?: Told) => rate.count(call([per], told)).states[0]!.used
    used()
    expect([...same, ...apart].map(used)).toEqual([...same.map((_, at) => at + 1), ...apart.map(() => 0)])
  })

  it('that were refused do not count, against any limit', () => {
    const rate = new CallRate(() => 0)
    rate.count(call(['install', 'key'])).giveBack()
    expect(rate.count(call(['install', 'key'])).states.map(({ used }) => used)).toEqual([0, 0])
  })

  it('are counted with those of other instances, whatever order they are told in', () => {
    const [here, there] = [new CallRate(() => 0), new CallRate(() => 0)]
    const tell = (teller = 'there') => {
      const { minute, counts } = there.untold()!
      here.hear(teller, minute, counts)
    }
    const used = () => here.count(call(['install'])).states[0]!.used
    there.count(call(['install']))
    tell()
    expect(used()).toBe(1)
    const again = there.count(call(['install']))
    there.untell()
    tell()
    there.untell()
    tell()
    expect(used()).toBe(3)
    again.giveBack()
    tell()
    expect(used()).toBe(3)
    expect(there.untold()).toBeNull()
  })

  it('are not counted with those of another minute', () => {
    let now = 60_000
    const rate = new CallRate(() => now)
    const used = () => rate.count(call(['install'])).states[0]!.used
    rate.hear('there', 2, [['install i', 7]])
    rate.hear('there', 1, [['install i', 9]])
    expect(used()).toBe(0)
    now = 120_000
    expect(used()).toBe(7)
    now = 180_000
    expect(used()).toBe(0)
  })

  it('are not counted where there is no limit', () => expect(new CallRate(() => 0).count(call([])).states).toEqual([]))
})
