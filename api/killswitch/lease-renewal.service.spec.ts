import { Logger } from '@nestjs/common'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FakeClock, settle } from './testing/fake-clock.js'
import type { KillOrder } from './kill-list.rules.js'
import { KillState } from './kill-state.service.js'
import { LEASE_MS, reachOf, RENEWAL_MS } from './lease.rules.js'
import { LeaseRenewal } from './lease-renewal.service.js'

/** A kill list that can be cut off, be slow to answer, or refuse writes; all on the fake clock. */
class FakeList {
  epoch = 0n
  orders: KillOrder[] = []
  writable = true
  latencyMs = 0
  acknowledged = -1n
  private notify = (): void => undefined

  constructor(private readonly clock: FakeClock) {}

  private async answered(): Promise<void> {
    if (this.latencyMs > 0) await new Promise<void>((resolve) => this.clock.after(this.latencyMs, resolve))
    if (!this.writable) throw new Error('cannot execute INSERT in a read-only transaction')
  }
  async renew(_node: string, seen: bigint): Promise<{ epoch: bigint; nodes: string[] }> {
    const { epoch } = this
    await this.answered()
    this.acknowledged = seen
    return { epoch, nodes: ['node', 'other'] }
  }
  async list() {
    const { epoch, orders } = this
    await this.answered()
    return { epoch, orders: [...orders] }
  }
  async listen(onNotice: () => void): Promise<() => void> {
    this.notify = onNotice
    return () => undefined
  }
  async forget(): Promise<void> {}

  engage(push = true): void {
    this.epoch++
    this.orders = [{ id: 'k1', scope: 'extension', target: 'com.acme.one', reason: 'x', epoch: this.epoch }]
    if (push) this.notify()
  }
  release(): void {
    this.epoch++
    this.orders = []
    this.notify()
  }
}

Logger.overrideLogger(false)

const started = async () => {
  const clock = new FakeClock()
  const list = new FakeList(clock)
  const state = new KillState('node', clock)
  const renewal = new LeaseRenewal({ state, list, clock })
  await renewal.onApplicationBootstrap()
  return { clock, list, state, renewal }
}
const target = { extension: 'com.acme.one' }

describe('the kill lease', () => {
  it('refuses before the list was first heard', () => {
    expect(new KillState('node', new FakeClock()).check({})).toEqual({ stale: true })
  })

  it('applies a pushed order at once and acknowledges its epoch', async () => {
    const { list, state } = await started()
    expect(state.check(target)).toBeNull()
    list.engage()
    await settle()
    expect(state.check(target)).toMatchObject({ engaged: { id: 'k1' } })
    expect(state.check({ extension: 'com.acme.two' })).toBeNull()
    expect(list.acknowledged).toBe(1n)
  })

  it('finds by polling what no push told', async () => {
    const { clock, list, state } = await started()
    list.engage(false)
    expect(state.check(target)).toBeNull()
    await clock.advance(RENEWAL_MS)
    expect(state.check(target)).not.toBeNull()
  })

  it('lapses, tells listeners and recovers where the database stops writing', async () => {
    const { clock, list, state } = await started()
    let told = 0
    state.onChange(() => told++)
    list.writable = false
    await clock.advance(LEASE_MS - 1)
    expect(state.check(target)).toBeNull()
    await clock.advance(1)
    expect([state.check(target), told]).toEqual([{ stale: true }, 1])
    list.writable = true
    await clock.advance(RENEWAL_MS)
    expect(state.check(target)).toBeNull()
  })

  it('counts from when the statement was sent, not from its answer', async () => {
    const { clock, list, state } = await started()
    list.latencyMs = 900
    await clock.advance(RENEWAL_MS + 900)
    list.writable = false
    await clock.advance(LEASE_MS - 900)
    expect(state.live).toBe(false)
  })

  it('does not renew while a duty fails', async () => {
    const { clock, list, state, renewal } = await started()
    renewal.beforeRenewal(async () => {
      throw new Error('journal not entered')
    })
    await clock.advance(LEASE_MS + RENEWAL_MS)
    expect([state.live, list.epoch]).toEqual([false, 0n])
  })

  it('keeps an order of its own in force until the list carries a later epoch', async () => {
    const { clock, list, state } = await started()
    state.admit({ id: 'k1', scope: 'extension', target: 'com.acme.one', reason: 'x', epoch: null })
    await clock.advance(RENEWAL_MS)
    expect(state.check(target)).not.toBeNull()
    state.admit({ id: 'k1', scope: 'extension', target: 'com.acme.one', reason: 'x', epoch: 1n })
    list.engage()
    list.release()
    await settle()
    expect(state.check(target)).toBeNull()
  })

  it('never lets a target through later than one lease after it was killed, whatever the network does', async () => {
    const step = fc.record({
      writable: fc.boolean(),
      latencyMs: fc.integer({ min: 0, max: 1_500 }),
      forMs: fc.integer({ min: 1, max: 1_200 }),
      push: fc.boolean(),
      engage: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { clock, list, state } = await started()
        let killedAt = Number.POSITIVE_INFINITY
        for (const { writable, latencyMs, forMs, push, engage } of steps) {
          Object.assign(list, { writable, latencyMs })
          if (engage && killedAt === Number.POSITIVE_INFINITY) {
            list.engage(push)
            killedAt = clock.now()
          }
          for (let passed = 0; passed < forMs; passed += 50) {
            await clock.advance(50)
            if (clock.now() - killedAt >= LEASE_MS && state.check(target) === null) return false
          }
        }
        return true
      }),
      { numRuns: 40 },
    )
  })
})

describe('reachOf', () => {
  it('tells who has seen the epoch, who refuses by itself and who may still run', () => {
    const nodes = [
      { node: 'a', epoch: 5n, ageMs: 10 },
      { node: 'b', epoch: 4n, ageMs: LEASE_MS + 1 },
      { node: 'c', epoch: 4n, ageMs: LEASE_MS },
    ]
    expect(reachOf(5n, nodes)).toEqual({ acknowledged: ['a'], lapsed: ['b'], not_reached: ['c'] })
  })
})
