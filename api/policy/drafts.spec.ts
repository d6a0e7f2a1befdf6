import { createPublicKey } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { PolicyDraft } from '#contract/api/policy-drafts.js'
import { Approvals } from '../approvals/approvals.service.js'
import type { PolicyKeys } from '../gate/policy-keys.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import { verifyBundle } from '#engine/signed-bundle.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { Held } from '../platform/http/held.js'
import type { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Activations } from './activations.service.js'
import type { DraftChecks } from './draft-checks.service.js'
import type { Drafts } from './drafts.service.js'
import type { InForce } from './in-force.js'
import { PolicyOverview } from './policy-overview.service.js'
import { policyInstance } from './testing/policy-instance.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let drafts: Drafts
let checks: DraftChecks
let sealed: SealedPoliciesRepository
let policies: PolicySet
let outbox: RecordingOutbox
let approvals: Approvals
let activations: Activations
let keys: PolicyKeys
let inForce: InForce
const CALL = 'governance/call/call.rego'
const TITLE = '# title: The quota is used up'

const lead = () => seeded.as('reviewer')
const begin = async (): Promise<PolicyDraft> => drafts.create(await lead(), { name: 'shorter consent' })
const textOf = async ({ id }: PolicyDraft, path: string) => (await drafts.read(await lead(), id, path)).text
const edit = async ({ id, version }: PolicyDraft, path: string, text: string): Promise<PolicyDraft> =>
  drafts.write(await lead(), { id, path }, { text, version })
const check = async ({ id, version }: PolicyDraft): Promise<PolicyDraft> => checks.check(await lead(), id, { version })

beforeAll(async () => {
  seeded = await seededPeople()
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  const node = await policyInstance(seeded, 'node')
  ;({ drafts, checks, sealed, policies, keys, approvals, outbox, inForce } = node)
  activations = new Activations({
    ...{ ...node, database, gate, callers: seeded.callers },
    follower: { follow: async () => undefined },
  })
  activations.onModuleInit()
})

describe('a draft', () => {
  it('begins as what is in force, and says what was changed, by file and by meaning', async () => {
    const draft = await begin()
    expect(draft).toMatchObject({
      state: 'open',
      base_revision: policies.revision,
      base_in_force: true,
      checked: false,
    })
    const data = (await textOf(draft, 'platform.json')).replace('604800', '3600')
    const changed = await edit(draft, 'platform.json', data)
    expect(changed.version).toBe(draft.version + 1)
    const diff = await checks.diff(await lead(), draft.id)
    expect(diff.files).toMatchObject([{ path: 'platform.json', change: 'changed' }])
    expect(diff.meaning).toMatchObject({
      rules: [],
      data: [{ id: '/platform/install/consent_expires_in_s', before: 604_800, after: 3600 }],
    })
  }, 60_000)

  it('is shown, once sealed, against whatever else, to the platform alone', async () => {
    const draft = await begin()
    const data = (await textOf(draft, 'platform.json')).replace('604800', '3600')
    const { id, version } = await check(await edit(draft, 'platform.json', data))
    const { revision } = await checks.seal(await lead(), id, { version })
    const against = async (from?: string) =>
      (await checks.diffOfRevision(await lead(), revision, from === undefined ? {} : { from })).meaning!.data
    const changed = [{ id: '/platform/install/consent_expires_in_s', before: 604_800, after: 3600 }]
    expect(await against()).toMatchObject(changed)
    expect(await against(policies.revision!)).toMatchObject(changed)
    expect(await against(revision)).toEqual([])
    expect(await refusal(checks.diffOfRevision(await seeded.as('acme_owner'), revision, {}))).toEqual(['not_found'])
  }, 120_000)

  it('is changed only as it was read, by whoever may, while it is open', async () => {
    const draft = await begin()
    const changed = await edit(draft, 'platform.json', '{}\n')
    expect(await refusal(edit(draft, 'platform.json', '[]\n'))).toEqual(['conflict'])
    expect(await refusal(drafts.show(await seeded.as('acme_owner'), draft.id))).toEqual(['not_found'])
    expect(await refusal(drafts.create(await seeded.as('acme_owner'), { name: 'mine' }))).toContain('not_found')
    const { id, version } = changed
    await drafts.discard(await lead(), id, { version })
    expect(await refusal(edit(changed, 'platform.json', '[]\n'))).toEqual(['policy.draft_closed'])
  })

  it('can be pushed whole from a working tree, and loses its commit with an edit', async () => {
    const { id, version } = await begin()
    const files = { 'platform.json': '{}\n' }
    const pushed = await drafts.push(await lead(), id, { files, source_commit: 'abcdef0', version })
    expect(pushed).toMatchObject({ source_commit: 'abcdef0', files: [{ path: 'platform.json' }] })
    expect(await edit(pushed, 'platform.json', '[]\n')).toMatchObject({ source_commit: null })
  })

  it('cannot begin from a policy whose sources are not here', async () => {
    const draft = drafts.create(await lead(), { name: 'lost', base: `sha256:${'0'.repeat(64)}` })
    expect(await refusal(draft)).toEqual(['policy.sources_missing'])
  })
})

describe('the checks', () => {
  it('name file, line and remedy, and what failed them is not sealed', async () => {
    const draft = await begin()
    const rego = await textOf(draft, CALL)
    const checked = await check(await edit(draft, CALL, rego.replaceAll('input.quota', 'input.qouta')))
    expect(checked).toMatchObject({ checked: true, checks: { ok: false } })
    const failed = checked.checks!.stages.find(({ state }) => state === 'failed')
    expect(failed).toMatchObject({ name: 'types' })
    expect(failed!.findings[0]).toMatchObject({ file: CALL, line: expect.any(Number), remedy: expect.any(String) })
    const { id, version } = checked
    const sealed = checks.seal(await lead(), id, { version })
    expect(await refusal(sealed)).toContain('admin.policy_unchecked')
  }, 120_000)

  it('are not run for whoever may not draft, and keep what sources quote', async () => {
    const draft = await begin()
    const member = await seeded.as('acme_owner')
    expect(await refusal(checks.check(member, draft.id, { version: draft.version }))).toEqual(['not_found'])
    const odd = await edit(
      draft,
      'cases/call/odd.yaml',
      'base: {}\ncases: [{name: "a\\0b", expect: {outcome: allow, rules: []}}]\n',
    )
    const checked = await check(odd)
    expect(checked.checks).toMatchObject({ ok: false })
  }, 120_000)

  it('let a sound draft be sealed, once, and on exactly what they saw', async () => {
    const draft = await begin()
    const data = (await textOf(draft, 'platform.json')).replace('604800', '3600')
    const checked = await check(await edit(draft, 'platform.json', data))
    expect(checked.checks?.stages.filter(({ state }) => state === 'failed')).toEqual([])
    const changed = await edit(checked, 'platform.json', data.replace('3600', '3601'))
    expect(changed.checked).toBe(false)
    const early = checks.seal(await lead(), changed.id, { version: changed.version })
    expect(await refusal(early)).toContain('admin.policy_unchecked')

    const again = await check(changed)
    const revision = await checks.seal(await lead(), again.id, { version: again.version })
    expect(revision).toMatchObject({ base_revision: policies.revision, draft_id: draft.id, in_force: false })
    expect(await policies.at(revision.revision)).toMatchObject({
      sealedAs: revision.revision,
      revision: revision.bundle_revision,
    })
    const archive = await sealed.archive(revision.revision)
    const publicKey = createPublicKey(await keys.agents.signing())
    const signed = await verifyBundle(archive!, [{ publicKey, notAfter: null }], Date.now())
    expect(signed.bundle).toMatchObject({ sealedAs: revision.revision, revision: revision.bundle_revision })
    const { version } = await drafts.show(await lead(), draft.id)
    expect(await refusal(checks.seal(await lead(), draft.id, { version }))).toEqual(['policy.draft_closed'])
    expect(await drafts.create(await lead(), { name: 'next', base: revision.revision })).toMatchObject({
      state: 'open',
    })

    await anEditVoids(draft.id, revision.revision)
  }, 180_000)

  it('let words alone be sealed: the same module and data under another name', async () => {
    const draft = await begin()
    const rego = await textOf(draft, CALL)
    expect(rego).toContain(TITLE)
    const checked = await check(await edit(draft, CALL, rego.replace(TITLE, '# title: Reworded')))
    const sealed = await checks.seal(await lead(), draft.id, { version: checked.version })
    expect(sealed).toMatchObject({ bundle_revision: policies.revision, in_force: false })
    expect(sealed.revision).not.toBe(policies.revision)
    const titles = async (revision: string) =>
      Object.values((await policies.at(revision))!.reasons).map(({ title }) => title)
    expect(await titles(sealed.revision)).toContain('Reworded')
    expect(await titles(policies.revision!)).not.toContain('Reworded')
    expect(await drafts.show(await lead(), draft.id)).toMatchObject({ sealed_revision: sealed.revision })
  }, 180_000)
})

/** What waits for an approval of a sealed draft does not outlast an edit of it. */
const anEditVoids = async (id: string, revision: string): Promise<void> => {
  const ask = async () => (await activations.activate(await lead(), revision, { reason: 'shorter' })) as Held
  const voter = await seeded.as('operator')
  const show = (waiting: Held) => approvals.show(voter, waiting.body.approval.id)
  const waiting = await ask()
  const sealedDraft = await drafts.show(await lead(), id)
  expect((await show(waiting)).subject).toMatchObject({ revision, draft: { id, version: sealedDraft.version } })

  const edited = await edit(sealedDraft, 'platform.json', '{}\n')
  expect(edited).toMatchObject({ state: 'open', checked: false, sealed_revision: revision })
  const voided = await show(waiting)
  expect(voided).toMatchObject({ state: 'voided', voided_because: expect.stringContaining('edited') })
  const vote = { verdict: 'approve' as const, comment: '', subject_digest: voided.subject_digest }
  expect(await refusal(approvals.vote(voter, voided.id, vote))).toContain('admin.vote_closed')

  // Votes that were in before an edit, and are acted on after it, put nothing in force either.
  const settled = { approval_id: voided.id, kind: 'policy', state: 'approved', subject: voided.subject }
  await activations.onSettled(settled)
  expect(outbox.payloads('approval.settled')).toEqual([])
  expect((await new PolicyOverview(seeded.postgres.database, inForce).status(voter)).activation).toBeNull()
}
