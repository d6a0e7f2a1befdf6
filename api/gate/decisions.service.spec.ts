import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DecisionExplained, DecisionPage, DecisionQuery } from '#contract/api/decisions.js'
import type { Scope } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { DecisionsService } from './decisions.service.js'
import { PolicyFiles } from './policy-files.js'
import { ReadGateService } from './read-gate.service.js'
import { noTenantPolicy } from './testing/no-tenant-policy.js'
import { about, actorOf, callFacts, testGate, type TestGate } from './testing/test-gate.js'

let held: TestDatabase
let archive: string
let made: TestGate
let decisions: DecisionsService

const [TENANT, OTHER, PUBLISHER, INSTALL] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const AUDITOR: Scope[] = ['decisions:read', 'audit:read', 'decision:explain', 'decisions:replay']

const callerOf = (tenantId: string, scopes: Scope[] = AUDITOR, publisherId: string | null = null): Caller => ({
  ...{ principalId: randomUUID(), keyId: null, tenantId, tenant: null, correlationId: 'reader' },
  actor: actorOf(tenantId, { scopes, publisher_id: publisherId, platform: tenantId === PLATFORM_TENANT_ID }),
})
const query = (part: Record<string, unknown> = {}): DecisionQuery => DecisionQuery.parse(part)
const call = (tenantId: string, scopes: Scope[] = ['extensions:invoke']) =>
  made.gate.decide(
    'extension.invoke',
    { ...callFacts(tenantId, INSTALL, PUBLISHER), actor: actorOf(tenantId, { scopes }) },
    about,
  )

beforeAll(async () => {
  held = await testDatabase()
  archive = await mkdtemp(join(tmpdir(), 'gatehouse-archive-'))
  made = await testGate(
    held.database,
    new PolicyFiles({ custom: null, archive }, { inForce: async () => null, read: async () => null }),
  )
  decisions = new DecisionsService(held.database, made.policies, new ReadGateService(made.gate), noTenantPolicy())
}, 60_000)
afterAll(async () => {
  await held.drop()
  await rm(archive, { recursive: true, force: true })
})

describe('a decision, explained', () => {
  it('names its reasons in words and its rules with their place in the sources', async () => {
    const { decisionId } = await call(TENANT, [])
    const shown = DecisionExplained.parse(await decisions.show(callerOf(TENANT), decisionId, false))
    expect(shown).toMatchObject({ outcome: 'deny', decided_by: 'policy', revision: made.policies.revision })
    const reason = shown.reasons.find(({ id }) => id === 'call.scope_missing')
    expect(reason?.message.length).toBeGreaterThan(10)
    expect(reason?.remedy.length).toBeGreaterThan(10)
    const rule = shown.rules.find(({ id }) => id === 'call.scope_missing')
    expect(rule?.location).toMatchObject({ file: expect.stringContaining('call.rego'), line: expect.any(Number) })
    expect(shown.facts).toBeUndefined()
    expect(shown.after).toEqual({ outcome: 'allow', reasons: [] })
  })

  it('shows facts only to those who may see them, and records that they did', async () => {
    const { decisionId } = await call(TENANT)
    const shown = await decisions.show(callerOf(TENANT), decisionId, true)
    expect(shown.facts).toMatchObject({ action: 'extension.invoke', install: { id: INSTALL } })
    const { items } = await decisions.list(callerOf(TENANT), query({ action: 'decision.explain' }))
    expect(items).toMatchObject([{ outcome: 'allow', resource: { id: `/v1/decisions/${decisionId}` } }])
    const without = callerOf(TENANT, ['decisions:read', 'audit:read'])
    await expect(decisions.show(without, decisionId, true)).rejects.toMatchObject({ code: 'policy.denied' })
  })

  it('is not there for another organisation', async () => {
    const { decisionId } = await call(TENANT)
    await expect(decisions.show(callerOf(OTHER), decisionId, false)).rejects.toMatchObject({ code: 'not_found' })
    await expect(decisions.replay(callerOf(OTHER), decisionId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(decisions.show(callerOf(PLATFORM_TENANT_ID), decisionId, false)).resolves.toMatchObject({
      tenant: TENANT,
    })
  })

  it('has words also where no policy answered', async () => {
    const install = randomUUID()
    made.kills.admit({ id: randomUUID(), scope: 'install', target: install, reason: 'leaks', epoch: null })
    const killed = await made.gate.decide('extension.invoke', callFacts(TENANT, install), about)
    const shown = DecisionExplained.parse(await decisions.show(callerOf(TENANT), killed.decisionId, false))
    expect(shown).toMatchObject({ decided_by: 'kill', reasons: [{ id: 'kill.engaged' }] })
    await expect(decisions.replay(callerOf(TENANT), killed.decisionId)).rejects.toMatchObject({
      code: 'decision.not_replayable',
    })
  })
})

describe('a search in the decisions', () => {
  it('gives each that fits once, newest first, over pages of any size', async () => {
    const tenant = randomUUID()
    const ids: string[] = []
    for (let at = 0; at < 7; at++) ids.push((await call(tenant, at % 2 === 0 ? [] : undefined)).decisionId)
    for (const limit of [1, 3, 7, 20]) {
      const seen: string[] = []
      for (let cursor: string | undefined; ;) {
        const page = DecisionPage.parse(await decisions.list(callerOf(tenant), query({ limit, cursor })))
        seen.push(...page.items.map(({ id }) => id))
        if (page.next_cursor === null) break
        cursor = page.next_cursor
      }
      expect(seen).toEqual(ids.toReversed())
    }
    const { items } = await decisions.list(callerOf(tenant), query({ outcome: 'deny', extension: 'com.example.one' }))
    expect(items).toHaveLength(4)
    const later = query({ since: new Date(Date.now() + 60_000).toISOString() })
    expect((await decisions.list(callerOf(tenant), later)).items).toEqual([])
    const earlier = query({
      until: new Date(Date.now() + 60_000).toISOString(),
      actor: 'p_0001',
      correlation_id: 'test',
    })
    expect((await decisions.list(callerOf(tenant), earlier)).items).toHaveLength(7)
  })

  it("shows a publisher's developers their extensions' decisions alone, organisations under a pseudonym", async () => {
    const developer = callerOf(OTHER, ['decisions:read'], PUBLISHER)
    const { decisionId } = await call(TENANT)
    const foreign = await made.gate.decide('extension.invoke', callFacts(TENANT, INSTALL), about)
    const { items } = await decisions.list(developer, query({ limit: 200 }))
    expect(items.map(({ id }) => id)).toContain(decisionId)
    expect(items.map(({ id }) => id)).not.toContain(foreign.decisionId)
    expect(JSON.stringify(items)).not.toContain(TENANT)
    const shown = DecisionExplained.parse(await decisions.show(developer, decisionId, true))
    expect(shown).toMatchObject({
      tenant: expect.stringMatching(/^t_/),
      actor: null,
      install_id: null,
      input_digest: null,
    })
    expect(shown.facts).toBeUndefined()
    await expect(decisions.list(developer, query({ actor: 'p_0001' }))).rejects.toMatchObject({
      code: 'request.invalid',
    })
    await expect(decisions.replay(developer, decisionId)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a replay', () => {
  it('gives the recorded bytes for any facts', async () => {
    const facts = fc.record({
      status: fc.constantFrom('active', 'disabled'),
      rung: fc.constantFrom('none', 'throttle', 'suspend'),
      scopes: fc.subarray<Scope>(['extensions:invoke', 'platform:operate', 'installs:read']),
      used: fc.nat(20),
      yanked: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(facts, async ({ status, rung, scopes, used, yanked }) => {
        const base = callFacts(TENANT, INSTALL)
        const { decisionId } = await made.gate.decide(
          'extension.invoke',
          {
            ...base,
            actor: actorOf(TENANT, { scopes }),
            extension: { ...base.extension, standing: { rung: { value: rung, until: null } } },
            version: { ...base.version, yanked },
            install: { ...base.install, status },
            quota: { limit: 10, used },
          },
          about,
        )
        const replayed = await decisions.replay(callerOf(TENANT), decisionId)
        expect(replayed).toMatchObject({ equal: true, engine_same: true, input_intact: true })
        expect(replayed.actual_digest).toBe(replayed.expected_digest)
      }),
      { numRuns: 40 },
    )
  })

  it('tells where what is stored is no longer what was decided', async () => {
    const owner = await held.owner()
    const set = async (change: string): Promise<string> => {
      const { decisionId } = await call(TENANT)
      await owner.query(`UPDATE decision SET ${change} WHERE id = $1`, [decisionId])
      return decisionId
    }
    const reader = callerOf(TENANT)
    expect(await decisions.replay(reader, await set(`answer = answer || '\\x20'`))).toMatchObject({ equal: false })
    expect(await decisions.replay(reader, await set(`engine = 'other/1'`))).toMatchObject({
      equal: true,
      engine_same: false,
    })
    expect(await decisions.replay(reader, await set(`input = '\\x7b'`))).toMatchObject({
      equal: false,
      input_intact: false,
    })
    const gone = await set(`revision = 'sha256:${'0'.repeat(64)}'`)
    await expect(decisions.replay(reader, gone)).rejects.toMatchObject({ code: 'decision.revision_missing' })
  })
})

describe('reads', () => {
  const reads = () => new ReadGateService(made.gate)
  const kept = async (tenant: string) => (await decisions.list(callerOf(tenant), query({ gate: 'admin' }))).items

  it('leave no trace where they are allowed, unless they are marked recorded', async () => {
    const tenant = randomUUID()
    await reads().check('decision.read', callerOf(tenant), '/v1/decisions?limit=1')
    expect(await kept(tenant)).toEqual([])
    await reads().check('decision.replay', callerOf(tenant), '/v1/decisions/x/replay')
    expect(await kept(tenant)).toMatchObject([{ action: 'decision.replay', outcome: 'allow' }])
  })

  it('are on record where they are refused, without their query', async () => {
    const tenant = randomUUID()
    const refused = reads().check('decision.read', callerOf(tenant, []), '/v1/decisions?actor=p_9')
    await expect(refused).rejects.toMatchObject({
      code: 'policy.denied',
      details: { reasons: [{ id: 'admin.scope_missing' }] },
    })
    expect(await kept(tenant)).toMatchObject([{ outcome: 'deny', resource: { kind: 'decision', id: '/v1/decisions' } }])
  })

  it('are refused where they are no reads', async () => {
    await expect(reads().check('extension.invoke', callerOf(TENANT), '/')).rejects.toThrow(TypeError)
  })
})
