import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Answer } from '#contract/decisions/answer.js'
import { Restriction, type Restriction as Restricting } from '#contract/decisions/restrictions.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { openOpa, type Opa } from '../author/opa.js'
import { compileTenantModule } from '../author/tenant-module.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import { loadTenantModule, type TenantModule } from './load.js'
import { restrict } from './restrict.js'

const approval = fc.record({
  kind: fc.constantFrom(...Answer.shape.approval.unwrap().shape.kind.options),
  scope: fc.constantFrom(...Answer.shape.approval.unwrap().shape.scope.options),
  quorum: fc.integer({ min: 1, max: 5 }),
  expires_in_s: fc.integer({ min: 60, max: 2_592_000 }),
})
const said = {
  reason: fc.constantFrom('tenant.a', 'tenant.b', 'tenant.c'),
  message: fc.constant('No'),
  remedy: fc.constant('Ask'),
}
const restriction: fc.Arbitrary<Restricting> = fc.oneof(
  fc.record({ ...said, effect: fc.constant('deny' as const) }),
  fc.record({ ...said, effect: fc.constant('hold' as const), approval }),
)
const none: Answer['reasons'] = []
const rest = {
  rules: fc.constant<string[]>(['install.rule']),
  obligations: fc.constantFrom<Answer['obligations']>([], [{ id: 'obligation.warn' }]),
}
const refused = fc.constant<Answer['reasons']>([{ id: 'install.rule' }])
const platform: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    ...rest,
    outcome: fc.constant('allow' as const),
    reasons: fc.constant(none),
    approval: fc.constant(null),
  }),
  fc.record({ ...rest, outcome: fc.constant('hold' as const), reasons: refused, approval }),
  fc.record({ ...rest, outcome: fc.constant('deny' as const), reasons: refused, approval: fc.constant(null) }),
)
const WIDTH = { deny: 0, hold: 1, allow: 2 } as const

/** Fails where `after` lets through anything that `before` does not. */
function expectNotWider(before: Answer, after: Answer): void {
  expect(Answer.safeParse(after).success).toBe(true)
  expect(WIDTH[after.outcome]).toBeLessThanOrEqual(WIDTH[before.outcome])
  expect(after.obligations).toEqual(before.obligations)
  expect(after.reasons).toEqual(expect.arrayContaining(before.reasons))
  if (!before.approval || !after.approval) return
  expect(after.approval).toMatchObject({ kind: before.approval.kind, scope: before.approval.scope })
  expect(after.approval.quorum).toBeGreaterThanOrEqual(before.approval.quorum)
  expect(after.approval.expires_in_s).toBeLessThanOrEqual(before.approval.expires_in_s)
}

describe('restricting', () => {
  it('never widens, and says so whatever the order', () => {
    fc.assert(
      fc.property(platform, fc.array(restriction, { maxLength: 20 }), (before, restrictions) => {
        const after = restrict(before, restrictions)
        expectNotWider(before, after)
        const denies = before.outcome === 'deny' || restrictions.some(({ effect }) => effect === 'deny')
        const holds = before.outcome === 'hold' || restrictions.length > 0
        const expected = denies ? 'deny' : holds ? 'hold' : 'allow'
        expect(after.outcome).toBe(expected)
        if (before.outcome === 'deny') expect(after).toBe(before)
      }),
    )
  })

  it('knows no effect that widens, and no reason of the platform', () => {
    const deny = { effect: 'deny', reason: 'tenant.a', message: 'No', remedy: 'Ask' }
    expect(Restriction.safeParse(deny).success).toBe(true)
    expect(Restriction.safeParse({ ...deny, effect: 'allow' }).success).toBe(false)
    expect(Restriction.safeParse({ ...deny, reason: 'install.rule' }).success).toBe(false)
  })
})

const moduleOf = async (tool: Opa, rules: string): Promise<TenantModule> =>
  loadTenantModule(await compileTenantModule(tool, `package tenant\n\n${rules}\n`))

/** A rule of a random module; some say what a module must not. */
const rule = fc
  .record({
    said: fc.oneof(
      restriction,
      fc.constantFrom(
        { effect: 'allow', reason: 'tenant.a', message: 'Yes', remedy: 'None' },
        { effect: 'deny', reason: 'install.rule', message: 'No', remedy: 'Ask' },
        { outcome: 'allow' },
      ),
    ),
    when: fc.constantFrom(
      'input.n > 1000',
      'input.action == "call"',
      'not input.absent',
      'startswith(input.action, "in")',
    ),
  })
  .map(({ said: text, when }) => `restrictions contains ${JSON.stringify(text)} if ${when}`)

const input = canonicalBytes({ action: 'install.create', n: 3_000 })
const causeOf = (evaluate: () => unknown): string => {
  try {
    evaluate()
  } catch (error) {
    if (error instanceof EvaluationError) return error.reason
    throw error
  }
  return 'none'
}

describe("a tenant's module", () => {
  let tool: Opa
  beforeAll(async () => {
    tool = await openOpa(await findOpa())
  }, 300_000)

  it('denies by what it reads, with the same bytes each time', async () => {
    const module = await moduleOf(
      tool,
      `restrictions contains {"effect": "deny", "reason": "tenant.frozen", "message": "Frozen", "remedy": "Wait"} if input.action == "install.create"`,
    )
    const { restrictions, bytes } = module.evaluate(input)
    expect(restrictions).toEqual([{ effect: 'deny', reason: 'tenant.frozen', message: 'Frozen', remedy: 'Wait' }])
    expect(module.evaluate(input).bytes).toBe(bytes)
    expect(module.evaluate(canonicalBytes({ action: 'call' })).restrictions).toEqual([])
  }, 60_000)

  it('is refused where it answers anything but restrictions, or does not end', async () => {
    const allows = await moduleOf(tool, 'restrictions := [{"effect": "allow"}]')
    expect(causeOf(() => allows.evaluate(input))).toBe('invalid')
    const runaway = await moduleOf(
      tool,
      'restrictions := [1 | some x in numbers.range(1, input.n); some y in numbers.range(1, input.n); x * y == 0]',
    )
    expect(causeOf(() => runaway.evaluate(input))).toMatch(/^(budget|memory)$/)
    expect(causeOf(() => runaway.evaluate(input))).toMatch(/^(budget|memory)$/)
  }, 60_000)

  it('never widens, whatever Rego it is made of', async () => {
    const generated = fc.sample(fc.array(rule, { minLength: 1, maxLength: 2 }), { numRuns: 25, seed: 4 })
    const modules = await Promise.all(generated.map((rules) => moduleOf(tool, rules.join('\n\n'))))
    const answered = modules.flatMap((module) => (causeOf(() => module.evaluate(input)) === 'none' ? [module] : []))
    expect(answered.length).toBeGreaterThan(0)
    expect(answered.length).toBeLessThan(modules.length)
    const effects = answered.map((module) => module.evaluate(input).restrictions.map(({ effect }) => effect))
    expect(effects.some((each) => each.includes('hold') && !each.includes('deny'))).toBe(true)
    fc.assert(
      fc.property(platform, fc.constantFrom(...answered), (before, module) => {
        expectNotWider(before, restrict(before, module.evaluate(input).restrictions))
      }),
    )
  }, 120_000)
})
