import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { floorsFor, neverFired, rulesByGate, shortfalls, tally } from './tally.rules.js'

const RULES = ['call.allowed', 'call.anonymous', 'call.throttle']
const answers = fc.array(
  fc.record({
    outcome: fc.constantFrom('allow', 'hold', 'deny'),
    rules: fc.array(fc.constantFrom(...RULES), { maxLength: 4 }),
  }),
)

describe('counting', () => {
  it('counts each answer once for each rule that it names', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const counted = tally(RULES, given)
        for (const id of RULES) expect(counted.fired[id]).toBe(given.filter(({ rules }) => rules.includes(id)).length)
        expect(counted.allowed).toBe(given.filter(({ outcome }) => outcome === 'allow').length)
        expect(neverFired(counted)).toEqual(RULES.filter((id) => given.every(({ rules }) => !rules.includes(id))))
      }),
    )
  })

  it('does not take a rule that nobody knows', () => {
    expect(() => tally(RULES, [{ outcome: 'deny', rules: ['call.ghost'] }])).toThrow('call.ghost')
  })

  it('puts every rule to the gate in whose package it stands', () => {
    const entry = (file: string) => ({ title: 't', description: 'd', file, line: 1 })
    const catalogue = { 'call.allowed': entry('governance/call/call.rego'), 'x.y': entry('governance/admin/x.rego') }
    expect(rulesByGate(catalogue)).toMatchObject({ call: ['call.allowed'], admin: ['x.y'], install: [] })
    expect(() => rulesByGate({ 'a.b': entry('governance/actor/actor.rego') })).toThrow('a.b')
  })
})

describe('what is wanted of the inputs', () => {
  it('is 50 firings of each rule at 10,000 inputs, and fewer below', () => {
    expect(floorsFor(10_000)).toEqual({ firings: 50, allowed: 0.2 })
    expect(floorsFor(100_000).firings).toBe(50)
    expect([floorsFor(2_000).firings, floorsFor(1).firings]).toEqual([10, 1])
  })

  it('is told by rule and by gate where it was missed', () => {
    const floors = { firings: 50, allowed: 0.2 }
    const good = { inputs: 100, allowed: 20, fired: { 'call.allowed': 50 } }
    expect(shortfalls('call', good, floors)).toEqual([])
    expect(shortfalls('call', { ...good, allowed: 19 }, floors)).toEqual([expect.stringContaining('19 of 100')])
    expect(shortfalls('call', { ...good, fired: { 'call.allowed': 49 } }, floors)).toEqual([
      expect.stringContaining('call.allowed fired 49'),
    ])
    expect(shortfalls('call', { inputs: 0, allowed: 0, fired: {} }, floors)).toHaveLength(1)
  })
})
