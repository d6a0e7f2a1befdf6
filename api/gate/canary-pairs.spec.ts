import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { EvaluationError } from '#engine/errors.js'
import { FakeClock } from '../killswitch/testing/fake-clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { CanaryCourse, type CanaryPointer } from './canary-course.js'
import { GateService, type GateParts } from './gate.service.js'
import { PolicySet } from './policy-set.service.js'
import { allow, deny, FakePolicy } from './testing/fake-policy.js'
import { noTenantPolicy } from './testing/no-tenant-policy.js'
import { callFacts } from './testing/test-gate.js'
import { WaiverList } from './waiver-list.js'

const named = (digit: string) => {
  const revision = `sha256:${digit.repeat(64)}`
  return Object.assign(new FakePolicy(), { revision, sealedAs: revision })
}
const reason = 'call.strict'
const entry = { title: 'Strict', description: 'It is strict', remedy: 'Ask', file: 'call.rego', line: 1 }
/** Strict, but for whom a waiver of that is in the input. */
const strict = (input: unknown) => {
  const { waivers } = input as { waivers: { reason: string }[] }
  return waivers.some((each) => each.reason === reason) ? allow : deny(reason)
}

/** A gate on a base and a candidate that decides for everybody. */
const canaried = async () => {
  const [base, candidate] = [named('b'), named('c')]
  const policies = new PolicySet(base)
  await policies.load()
  const pointer: CanaryPointer = {
    ...{ id: randomUUID(), revision: candidate.sealedAs, base: base.sealedAs, percent: 100, unit: 'install' },
    plan: { foretold: {}, changed: ['call'] },
  }
  const step = (percent: number, before: CanaryCourse | null) =>
    new CanaryCourse({ ...pointer, percent }, candidate, before)
  policies.steer(step(100, null))
  const clock = new FakeClock()
  const kills = new KillState('node', clock)
  kills.extend(clock.now())
  const waivers = new WaiverList()
  const parts = { policies, kills, waivers, tenants: noTenantPolicy(), now: Date.now }
  const gate = new GateService(parts as unknown as GateParts)
  let decided = 0
  const call = (tenantId: string) => {
    const about = { correlationId: 'test', tenantId }
    const { outcome } = gate.weigh('extension.invoke', callFacts(tenantId, tenantId), about)
    if (outcome.bundleRevision === candidate.revision) decided += 1
    return outcome
  }
  const counts = () => policies.course!.pairs.counts()
  const judged = async () => {
    while (counts().pairs + counts().skipped < decided) await turn()
    return counts()
  }
  return { base, candidate, policies, waivers, call, counts, judged, step }
}

const tenant = randomUUID()

describe('a pair', () => {
  it('shows what the candidate no longer lets be waived', async () => {
    const { base, candidate, waivers, call, judged } = await canaried()
    base.answer = candidate.answer = strict
    base.reasons[reason] = { ...entry, waivable: true }
    candidate.reasons[reason] = entry
    const until = Date.now() + 60_000
    waivers.apply([{ id: randomUUID(), reason, subject: { kind: 'tenant', id: tenant }, until }])
    expect(call(tenant)).toMatchObject({ kind: 'deny', bundleRevision: candidate.revision })
    expect(await judged()).toMatchObject({ pairs: 1, flips: { [reason]: 1 } })
  })

  it('shows what goes along with the same answer otherwise', async () => {
    const { base, candidate, call, judged } = await canaried()
    base.answer = () => ({ ...allow, obligations: [{ id: 'call.warn' }] })
    candidate.answer = () => allow
    expect(call(tenant)).toMatchObject({ kind: 'allow' })
    const { flips, samples } = await judged()
    expect(flips).toEqual({ 'policy.same_rules': 1 })
    expect(samples['policy.same_rules']).toMatchObject([{ kind: 'duties', before: { duties: ['call.warn'] } }])
  })

  it('is none where the base has no answer, however many there are', async () => {
    const { base, call, judged } = await canaried()
    base.answer = () => new EvaluationError('budget', 'it ran away')
    for (let number = 0; number < 3; number += 1) call(tenant)
    expect(await judged()).toMatchObject({ pairs: 0, skipped: 3, seen: [], unavailable: 0 })
    base.answer = () => allow
    call(tenant)
    expect(await judged()).toMatchObject({ pairs: 1, seen: ['call'] })
  })

  it('counts as without an answer where the candidate answers what is none', async () => {
    const { candidate, call, judged } = await canaried()
    candidate.answer = () => ({ outcome: 'allow' })
    expect(call(tenant)).toMatchObject({ kind: 'unavailable', bundleRevision: candidate.revision })
    candidate.answer = () => new EvaluationError('trap', 'it broke')
    expect(call(tenant)).toMatchObject({ kind: 'unavailable' })
    expect(await judged()).toMatchObject({ pairs: 2, unavailable: 2, flips: { 'policy.unavailable': 2 } })
  })

  it('is not hidden by another organisation that floods its share', async () => {
    const { candidate, call, counts, judged } = await canaried()
    for (let number = 0; number < 400; number += 1) call(tenant)
    expect(counts().skipped).toBeGreaterThan(0)
    candidate.answer = () => deny()
    const { skipped } = counts()
    call(randomUUID())
    expect(counts().skipped).toBe(skipped)
    expect(await judged()).toMatchObject({ flips: { 'test.refused': 1 } })
    call(tenant)
    expect(await judged()).toMatchObject({ flips: { 'test.refused': 2 } })
  }, 30_000)
})

describe('the end of a step', () => {
  it('leaves to the next one what waits still, and what was stopped stays so', async () => {
    const { candidate, policies, call, counts, judged, step } = await canaried()
    candidate.answer = () => deny()
    call(tenant)
    const before = policies.course!
    before.halted = true
    policies.steer(step(100, before))
    expect(await judged()).toMatchObject({ pairs: 1, flips: { 'test.refused': 1 } })
    expect(before.pairs.counts().pairs).toBe(0)
    expect(call(tenant)).toMatchObject({ kind: 'allow' })
    expect(counts().pairs).toBe(1)
  })

  it('comes with another policy in place of the base', async () => {
    const { policies, call, candidate } = await canaried()
    expect(call(tenant).bundleRevision).toBe(candidate.revision)
    const other = named('d')
    policies.swap(other)
    expect(policies.course).toBeNull()
    expect(call(tenant).bundleRevision).toBe(other.revision)
  })
})
