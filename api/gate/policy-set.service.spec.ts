import { describe, expect, it } from '@jest/globals'
import { PolicySet, type Policy } from './policy-set.service.js'
import { FakePolicy } from './testing/fake-policy.js'

const name = (number: number): string => `sha256:${String(number).padStart(64, '0')}`

/** A set over policies of the past by number, which tells each time one is loaded. */
const standing = async () => {
  const loads: string[] = []
  const policyOf = (revision: string): Policy => Object.assign(new FakePolicy(), { revision })
  const policies = new PolicySet({
    active: async () => policyOf(name(0)),
    past: async (revision) => {
      loads.push(revision)
      return policyOf(revision)
    },
  })
  await policies.load()
  return { policies, loads }
}

describe('policies of the past', () => {
  it('stay loaded while they are asked for, a few at a time; the active one always', async () => {
    const { policies, loads } = await standing()
    const active = policies.active
    for (let number = 1; number <= 30; number += 1) {
      await policies.at(name(number))
      await policies.at(name(1))
    }
    expect(loads).toHaveLength(30)
    expect(await policies.at(name(0))).toBe(active)
    await policies.at(name(30))
    expect(loads).toHaveLength(30)
    await policies.at(name(2))
    expect(loads.slice(30)).toEqual([name(2)])
  })
})
