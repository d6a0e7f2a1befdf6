import { describe, expect, it } from '@jest/globals'
import { CallRate } from './call-rate.js'

const install = (installId: string, limit: number | null = 2) => ({
  installId,
  rate: limit === null ? null : { limit },
})

describe('calls a minute', () => {
  it('are counted for each install, and anew with each minute', () => {
    let now = 59_000
    const rate = new CallRate(() => now)
    const used = (id: string) => rate.count(install(id))?.used
    expect([used('a'), used('a'), used('b'), used('a')]).toEqual([0, 1, 0, 2])
    now = 60_000
    expect([used('a'), used('b')]).toEqual([0, 0])
  })

  it('that were refused do not count', () => {
    const rate = new CallRate(() => 0)
    rate.count(install('a'))?.giveBack()
    expect(rate.count(install('a'))).toMatchObject({ limit: 2, used: 0 })
  })

  it('are not counted where there is no limit', () =>
    expect(new CallRate(() => 0).count(install('a', null))).toBeNull())
})
