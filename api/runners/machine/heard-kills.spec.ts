import { describe, expect, it } from '@jest/globals'
import { FakeClock } from '../../killswitch/testing/fake-clock.js'
import { HeardKills } from './heard-kills.js'

const order = (id: string, epoch: bigint | null) =>
  ({ id, scope: 'tenant', target: id, reason: 'test', epoch }) as const
const [ONE, OTHER] = [{}, {}]

describe('the kill list as a runner hears it', () => {
  const hear = () => {
    const clock = new FakeClock()
    const kills = new HeardKills('runner', clock)
    const stands = (tenantId: string): string => {
      const verdict = kills.state.check({ tenantId })
      return verdict === null ? 'runs' : 'stale' in verdict ? 'stale' : 'engaged'
    }
    return { clock, kills, stands }
  }

  it('is stale until it was heard, and again when the lease has ended', async () => {
    const { clock, kills, stands } = hear()
    let told = 0
    kills.state.onChange(() => (told += 1))
    expect(stands('acme')).toBe('stale')
    kills.hear(ONE, { epoch: 1n, orders: [] })
    expect(stands('acme')).toBe('stale')
    kills.extend(clock.now() + 1_500)
    expect(stands('acme')).toBe('runs')
    await clock.advance(1_499)
    expect([stands('acme'), told]).toEqual(['runs', 1])
    await clock.advance(1)
    expect([stands('acme'), told]).toEqual(['stale', 2])
  })

  it('lasts no longer because somebody says less, or something late', async () => {
    const { clock, kills, stands } = hear()
    kills.extend(2_000)
    kills.extend(1_000)
    await clock.advance(1_500)
    expect(stands('acme')).toBe('runs')
    kills.extend(1_400)
    await clock.advance(500)
    expect(stands('acme')).toBe('stale')
  })

  it('never goes back to an older one', () => {
    const { kills, stands } = hear()
    kills.extend(2_000)
    kills.hear(ONE, { epoch: 5n, orders: [order('acme', 5n)] })
    kills.hear(OTHER, { epoch: 4n, orders: [] })
    expect(stands('acme')).toBe('engaged')
    kills.hear(OTHER, { epoch: 6n, orders: [] })
    expect(stands('acme')).toBe('runs')
  })

  it('has what stands in one journal alone for as long as that one is heard', () => {
    const { kills, stands } = hear()
    kills.extend(2_000)
    kills.hear(ONE, { epoch: 5n, orders: [order('acme', null)] })
    kills.hear(OTHER, { epoch: 6n, orders: [] })
    expect(stands('acme')).toBe('engaged')
    kills.forget(ONE)
    expect(stands('acme')).toBe('runs')
  })

  it('lets wait for one, and no longer than is said', async () => {
    const { clock, kills } = hear()
    const [soon, never] = [kills.reach(3n, 1_000), kills.reach(9n, 1_000)]
    kills.hear(ONE, { epoch: 3n, orders: [] })
    expect(await soon).toBe(true)
    await clock.advance(1_000)
    expect(await never).toBe(false)
  })
})
