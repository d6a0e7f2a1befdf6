import { describe, expect, it } from '@jest/globals'
import { FakeClock, settle } from '../killswitch/testing/fake-clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LEASE_MS, type NodeAcknowledgement } from '../killswitch/lease.rules.js'
import { Reached } from './reach.service.js'

const EPOCH = 5n

/** A node that has applied the epoch itself, and what the database says of all nodes. */
const watching = (nodes: () => NodeAcknowledgement[]) => {
  const clock = new FakeClock()
  const state = new KillState('self', clock)
  state.peers = ['peer']
  const renewal = {
    refresh: async () => {
      state.apply({ epoch: EPOCH, orders: [] })
      return true
    },
  }
  return { clock, state, reached: new Reached({ state, renewal, list: { nodes: async () => nodes() }, clock }) }
}
const self: NodeAcknowledgement = { node: 'self', epoch: EPOCH, ageMs: 0 }

describe('how far a change got', () => {
  it('is told as soon as every node has applied it', async () => {
    let peer = { node: 'peer', epoch: 4n, ageMs: 0 }
    const { clock, reached } = watching(() => [self, peer])
    const told = reached.by(EPOCH)
    await settle()
    peer = { ...peer, epoch: EPOCH }
    await clock.advance(LEASE_MS / 4)
    expect(await told).toEqual({ acknowledged: ['self', 'peer'], lapsed: [], not_reached: [] })
    expect(clock.now()).toBe(LEASE_MS / 4)
  })

  it('names after one lease who has not, and does not wait for who has lapsed', async () => {
    const nodes = [self, { node: 'stuck', epoch: 4n, ageMs: 10 }, { node: 'gone', epoch: 4n, ageMs: LEASE_MS + 1 }]
    const { clock, reached } = watching(() => nodes)
    const told = reached.by(EPOCH)
    await clock.advance(LEASE_MS)
    expect(await told).toEqual({ acknowledged: ['self'], lapsed: ['gone'], not_reached: ['stuck'] })
  })

  it('counts this node by what it applied, before its row says so', async () => {
    const { reached } = watching(() => [{ ...self, epoch: 4n }])
    expect(await reached.by(EPOCH)).toEqual({ acknowledged: ['self'], lapsed: [], not_reached: [] })
  })

  it('waits for runners too, and names them by their addresses', async () => {
    const { clock, state, reached } = watching(() => [self])
    const behind = { epoch: 4n, ageMs: 10 }
    state.followers = () => [
      { node: 'https://runner-0', epoch: clock.now() > 0 ? EPOCH : 4n, ageMs: 10 },
      { node: 'https://runner-1', ...behind },
      { node: 'https://runner-2', ...behind, ageMs: LEASE_MS + 1 },
    ]
    const told = reached.by(EPOCH)
    await clock.advance(LEASE_MS)
    expect(await told).toEqual({
      acknowledged: ['self', 'https://runner-0'],
      lapsed: ['https://runner-2'],
      not_reached: ['https://runner-1'],
    })
    expect(reached.locally().not_reached).toEqual(['peer', ...[0, 1, 2].map((each) => `https://runner-${each}`)])
  })

  it('holds for unreached who cannot be asked', async () => {
    const { clock, reached } = watching(() => {
      throw new Error('connection lost')
    })
    const told = reached.by(EPOCH)
    await clock.advance(LEASE_MS)
    expect(await told).toEqual({ acknowledged: ['self'], lapsed: [], not_reached: ['peer'] })
    expect(reached.locally().not_reached).toEqual(['peer'])
  })
})
