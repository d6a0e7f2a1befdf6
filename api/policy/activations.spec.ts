import { cp, readFile, writeFile } from 'node:fs/promises'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { assembleBundle } from '#engine/bundle.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Held } from '../platform/http/held.js'
import type { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Activations } from './activations.service.js'
import { BreakGlass } from './break-glass.service.js'
import { PolicyOverview } from './policy-overview.service.js'
import { bundleSaying, bundleWithConsentOf, REWORDED } from './testing/other-bundle.js'
import { policyInstance, policyKeys } from './testing/policy-instance.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let owner: Client
let blobs: BlobStore
let shippedRevision: string
let node: Awaited<ReturnType<typeof policyInstance>>
let outbox: RecordingOutbox
let approvals: Approvals
let activations: Activations
let breakGlass: BreakGlass
let told: string[]
const reason = 'consent was too long'

const ABOUT = () => ({ base_revision: shippedRevision, draft_id: null, source_commit: null, tree: { a: 'b' } })

const seal = async (seconds: number, label = 'reviewer'): Promise<string> => {
  const { sealing } = node
  const caller = await seeded.as(label)
  const permit = await sealing.permit(caller, 'draft', true)
  return sealing.seal(permit, caller, { files: await bundleWithConsentOf(seconds), ...ABOUT() })
}

const activate = async (revision: string, label = 'reviewer') =>
  activations.activate(await seeded.as(label), revision, { reason })

/** Somebody votes on what waits, and what follows from it is done. */
const vote = async (waiting: unknown, label: string, verdict: 'approve' | 'deny' = 'approve') => {
  const caller = await seeded.as(label)
  const { id, subject_digest } = await approvals.show(caller, (waiting as Held).body.approval.id)
  await approvals.vote(caller, id, { verdict, comment: '', subject_digest })
  await outbox.deliver()
}

const inForce = async (): Promise<string> => {
  await node.follower.follow()
  return node.policies.revision!
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
  blobs = new BlobStore(`${seeded.folder}/blobs`)
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE policy_activation, policy_revision, policy_instance')
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  node = await policyInstance(seeded, 'node-a')
  shippedRevision = node.policies.revision!
  ;({ outbox, approvals } = node)
  activations = new Activations({ ...node, database, gate, callers: seeded.callers })
  activations.onModuleInit()
  told = []
  const { follower } = node
  breakGlass = new BreakGlass({
    ...{ database, gate, approvals, follower, outbox },
    announcements: { toAllWith: async (scope, { subject }) => void told.push(`${scope} ${subject}`) },
  })
  breakGlass.onModuleInit()
})

describe('a sealed policy', () => {
  it('comes in force once a second person agrees, on every instance, and on record', async () => {
    const other = await policyInstance(seeded, 'node-b')
    const revision = await seal(60)
    const waiting = await activate(revision)
    expect(waiting).toBeInstanceOf(Held)
    expect(await inForce()).toBe(shippedRevision)

    await vote(waiting, 'operator')
    await other.follower.follow()
    expect([node.policies.revision, other.policies.revision]).toEqual([revision, revision])
    const overview = new PolicyOverview(seeded.postgres.database, node.inForce)
    const status = await overview.status(await seeded.as('operator'))
    expect(status).toMatchObject({ in_force: revision, activation: { seq: 1, kind: 'activate', reason } })
    expect(status.instances.map(({ node: name, follows, fault }) => [name, follows, fault])).toEqual([
      ['node-a', true, null],
      ['node-b', true, null],
    ])
  })

  it('does not come in force by the vote of whoever asked, or against a vote', async () => {
    const waiting = await activate(await seal(60))
    expect(await refusal(vote(waiting, 'reviewer'))).toContain('admin.self_vote')
    await vote(waiting, 'operator', 'deny')
    expect(await inForce()).toBe(shippedRevision)
  })

  it('is nothing to people of an organisation', async () => {
    const revision = await seal(60)
    expect(await refusal(activate(revision, 'acme_owner'))).toContain('not_found')
    expect(await refusal(seal(61, 'acme_owner'))).toContain('not_found')
  })

  it('does not come in force after another did, since people were shown what it would replace', async () => {
    const [first, second] = [await seal(60), await seal(61)]
    const [one, two] = [await activate(first), await activate(second)]
    await vote(one, 'operator')
    expect(await refusal(vote(two, 'operator'))).toContain('admin.vote_closed')
    expect(await inForce()).toBe(first)
  })

  it('does not come in force where the same is in force only again', async () => {
    const [first, second, third] = [await seal(60), await seal(61), await seal(67)]
    await vote(await activate(first), 'operator')
    const [late, quick] = [await activate(second), await activate(third)]
    const caller = await seeded.as('operator')
    // All have agreed, but what follows from it is late.
    for (const { body } of [late, quick] as Held[]) {
      const { id, subject_digest } = await approvals.show(caller, body.approval.id)
      await approvals.vote(caller, id, { verdict: 'approve', comment: '', subject_digest })
    }
    const settled = outbox.payloads('approval.settled') as { approval_id: string }[]
    const settledBy = ({ body }: Held) => settled.find(({ approval_id }) => approval_id === body.approval.id)
    await activations.onSettled(settledBy(quick as Held))
    expect(await inForce()).toBe(third)
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    expect(await inForce()).toBe(first)
    await activations.onSettled(settledBy(late as Held))
    expect(await inForce()).toBe(first)
  })

  it('does not come in force where its files are not what was sealed', async () => {
    const revision = await seal(64)
    const { rows } = await owner.query<{ files: Record<string, string> }>(
      'SELECT files FROM policy_revision WHERE revision = $1',
      [revision],
    )
    const digest = rows[0]!.files['signature']!
    const hex = digest.slice('sha256:'.length)
    const path = `${seeded.folder}/blobs/${hex.slice(0, 2)}/${hex}`
    await writeFile(path, `${await readFile(path, 'utf8')} `)
    expect(await refusal(activate(revision))).toEqual(['policy.revision_broken'])
    await blobs.remove(digest)
    expect(await refusal(activate(revision))).toEqual(['policy.revision_broken'])
    expect(await inForce()).toBe(shippedRevision)
  })

  it('is sealed only where its checks passed', async () => {
    const { sealing } = node
    expect(await refusal(sealing.permit(await seeded.as('reviewer'), 'draft', false))).toContain(
      'admin.policy_unchecked',
    )
  })

  it('is not sealed again under the same name with other words, and votes are bound to the words', async () => {
    const revision = await seal(60)
    expect(await seal(60)).toBe(revision)
    const { sealing } = node
    const caller = await seeded.as('reviewer')
    const files = await bundleWithConsentOf(60)
    const other = sealing.seal(await sealing.permit(caller, 'draft', true), caller, {
      files,
      ...ABOUT(),
      tree: { a: 'c' },
    })
    expect(await refusal(other)).toEqual(['already_exists'])
    const waiting = (await activate(revision)) as Held
    const { subject } = await approvals.show(caller, waiting.body.approval.id)
    expect(subject).toMatchObject({ revision, contents: expect.stringMatching(/^sha256:/), after: 0 })
  })

  it('comes in force once for an approval, however often that is told', async () => {
    const revision = await seal(60)
    const waiting = await activate(revision)
    await vote(waiting, 'operator')
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    for (const settled of outbox.payloads('approval.settled')) await activations.onSettled(settled)
    expect(await inForce()).toBe(shippedRevision)
  })
})

describe('going back', () => {
  it('takes one person, to the policy before or to any that has decided', async () => {
    const revision = await seal(60)
    await vote(await activate(revision), 'operator')
    const caller = await seeded.as('reviewer')
    // At first without a name: the usual emergency.
    expect(await activations.rollBack(caller, { reason })).toMatchObject({ seq: 2, revision: shippedRevision })
    expect(await inForce()).toBe(shippedRevision)
    expect(await activations.rollBack(caller, { reason })).toMatchObject({ seq: 3, revision, kind: 'rollback' })
    expect(await inForce()).toBe(revision)
  })

  it('does not lead to what never decided, or to what decides already', async () => {
    const caller = await seeded.as('reviewer')
    const unproven = activations.rollBack(caller, { revision: await seal(60), reason })
    expect(await refusal(unproven)).toContain('admin.policy_never_active')
    const revision = await seal(61)
    await vote(await activate(revision), 'operator')
    expect(await refusal(activations.rollBack(caller, { revision, reason }))).toContain('admin.policy_in_force')
    expect(await refusal(activations.rollBack(caller, { revision: `sha256:${'0'.repeat(64)}`, reason }))).toEqual([
      'not_found',
    ])
  })
})

describe('sealed policies that differ in words alone', () => {
  const titles = async () => {
    const shown = node.policies.show()
    return [shown.revision, shown.bundle_revision, shown.rules.find(({ id }) => id === REWORDED)?.title]
  }
  const sealSaying = async (title: string) => {
    const caller = await seeded.as('reviewer')
    const files = bundleSaying(await bundleWithConsentOf(60), title)
    const permit = await node.sealing.permit(caller, 'draft', true)
    const revision = await node.sealing.seal(permit, caller, { files, ...ABOUT(), tree: { a: title } })
    return { revision, bundle: assembleBundle(files).revision }
  }

  it('have names of their own, come in force with their words, and are gone back to', async () => {
    const [first, second] = [await sealSaying('Too many calls'), await sealSaying('Calls are used up')]
    expect(first.bundle).toBe(second.bundle)
    expect(new Set([first.revision, second.revision, first.bundle]).size).toBe(3)
    await vote(await activate(first.revision), 'operator')
    expect(await titles()).toEqual([first.revision, first.bundle, 'Too many calls'])
    await vote(await activate(second.revision), 'operator')
    expect(await inForce()).toBe(second.bundle)
    expect(await titles()).toEqual([second.revision, first.bundle, 'Calls are used up'])

    const overview = new PolicyOverview(seeded.postgres.database, node.inForce)
    const operator = await seeded.as('operator')
    expect(await overview.status(operator)).toMatchObject({ in_force: second.revision, instances: [{ follows: true }] })
    const { revisions } = await overview.revisions(operator)
    expect(revisions.find(({ in_force }) => in_force)).toMatchObject({
      revision: second.revision,
      bundle_revision: first.bundle,
    })
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    expect(await titles()).toEqual([first.revision, first.bundle, 'Too many calls'])
    const history = (await overview.history(operator)).activations
    expect(history.map(({ revision, kind }) => [revision, kind])).toEqual([
      [first.revision, 'rollback'],
      [second.revision, 'activate'],
      [first.revision, 'activate'],
    ])
  })

  it('are put in force by their own names, not by that of module and data', async () => {
    const [first, second] = [await sealSaying('Too many calls'), await sealSaying('Calls are used up')]
    const refused = activate(first.bundle)
    await expect(refused).rejects.toMatchObject({ code: 'not_found' })
    await expect(refused).rejects.toThrow(`name what was sealed, ${second.revision} or ${first.revision}`)
  })

  it('are found by name and, for what they decided, by module and data', async () => {
    const [first, second] = [await sealSaying('Too many calls'), await sealSaying('Calls are used up')]
    const late = await policyInstance(seeded, 'node-d')
    expect(await late.policies.at(first.revision)).toMatchObject({ sealedAs: first.revision, revision: first.bundle })
    expect(await late.policies.at(first.bundle)).toMatchObject({ sealedAs: second.revision, revision: first.bundle })
    await vote(await activate(first.revision), 'operator')
    await late.follower.follow()
    expect(await late.policies.behind(first.bundle)).toBe(late.policies.active)
    expect(late.policies.sealedAs).toBe(first.revision)
  })
})

describe('the key that seals', () => {
  it('rotates without a gap: what keys before it sealed loads, and is gone back to, until they are revoked', async () => {
    const keys = await policyKeys(seeded, 'rotating')
    const elder = await policyInstance(seeded, 'elder', keys)
    const caller = await seeded.as('reviewer')
    const sealBy = async (seconds: number, { sealing }: typeof node) =>
      sealing.seal(await sealing.permit(caller, 'draft', true), caller, {
        ...ABOUT(),
        files: await bundleWithConsentOf(seconds),
      })
    const old = await sealBy(80, elder)
    const [before] = await keys.sealing.keys()
    await keys.sealing.announce()
    await keys.sealing.rotate(Date.now(), { early: true })
    const young = await sealBy(81, elder)
    const loads = async (revision: string, on: string) =>
      (await (await policyInstance(seeded, on, keys)).policies.at(revision))?.sealedAs
    expect([await loads(old, 'empty-1'), await loads(young, 'empty-1')]).toEqual([old, young])

    await keys.sealing.revoke(before!.id)
    await expect(loads(old, 'empty-2')).rejects.toThrow('no trusted key')
    expect(await loads(young, 'empty-2')).toBe(young)
  })

  it('counts, once it is retired, for nothing that it signs after', async () => {
    const keys = await policyKeys(seeded, 'leaked')
    await cp(`${seeded.folder}/leaked`, `${seeded.folder}/thief`, { recursive: true })
    await keys.sealing.announce()
    await keys.sealing.rotate(Date.now() - 600_000, { early: true })
    const { sealing } = await policyInstance(seeded, 'thief-node', await policyKeys(seeded, 'thief'))
    const caller = await seeded.as('reviewer')
    const permit = await sealing.permit(caller, 'draft', true)
    const stolen = await sealing.seal(permit, caller, { files: await bundleWithConsentOf(82), ...ABOUT() })
    const { policies } = await policyInstance(seeded, 'empty-3', keys)
    await expect(policies.at(stolen)).rejects.toThrow('no trusted key')
  })
})

describe('an instance', () => {
  it('keeps the last good policy where it cannot load what is in force, and one that starts has none; both say so', async () => {
    const other = await policyInstance(seeded, 'node-b')
    const revision = await seal(70)
    const waiting = await activate(revision)
    const { rows } = await owner.query<{ files: { data: string } }>('SELECT files FROM policy_revision')
    await blobs.remove(rows[0]!.files.data)
    await vote(waiting, 'operator')
    await other.follower.follow()
    expect(other.policies.revision).toBe(shippedRevision)

    const late = await policyInstance(seeded, 'node-c')
    await late.follower.follow()
    expect(late.policies.active).toBeNull()
    const overview = new PolicyOverview(seeded.postgres.database, node.inForce)
    const { instances } = await overview.status(await seeded.as('operator'))
    const fault = expect.stringContaining(revision)
    expect(instances).toMatchObject([
      { node: 'node-a', revision, follows: true, fault: null },
      { node: 'node-b', revision: shippedRevision, follows: false, fault },
      { node: 'node-c', revision: null, follows: false, fault },
    ])
  })

  it('can go back to what ships although its own release ships another', async () => {
    const revision = await seal(60)
    await vote(await activate(revision), 'operator')
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    expect(assembleBundle((await node.sealed.read(shippedRevision))!).revision).toBe(shippedRevision)
  })

  it('does not load what another key sealed', async () => {
    const { sealing } = await policyInstance(seeded, 'stranger', await policyKeys(seeded, 'strange'))
    const caller = await seeded.as('reviewer')
    const files = await bundleWithConsentOf(62)
    await sealing.seal(await sealing.permit(caller, 'draft', true), caller, { files, ...ABOUT() })
    await expect(node.policies.at(assembleBundle(files).revision)).rejects.toThrow('no trusted key')
  })
})

describe('break-glass', () => {
  const breakIn = async (revision: string) =>
    activations.activate(await seeded.as('reviewer'), revision, { reason, break_glass: { expires_in_s: 3600 } })

  /** As if its time had passed. */
  const runOut = async () => {
    await owner.query('ALTER TABLE policy_activation DISABLE TRIGGER USER')
    await owner.query(`UPDATE policy_activation SET expires_at = now() - interval '1 s' WHERE expires_at IS NOT NULL`)
    await owner.query('ALTER TABLE policy_activation ENABLE TRIGGER USER')
  }
  const status = async () =>
    new PolicyOverview(seeded.postgres.database, node.inForce).status(await seeded.as('operator'))
  const kinds = async () =>
    (await new PolicyOverview(seeded.postgres.database, node.inForce).history(await seeded.as('operator'))).activations
      .map(({ kind }) => kind)
      .join()

  it('takes two people besides whoever asks, tells everybody, and shows', async () => {
    const revision = await seal(60)
    const waiting = await breakIn(revision)
    await vote(waiting, 'operator')
    expect(await inForce()).toBe(shippedRevision)
    await vote(waiting, 'security_lead')
    expect(await inForce()).toBe(revision)
    await outbox.deliver()
    expect(told).toEqual([expect.stringMatching(/^policy:activate BREAK GLASS/)])
    expect(await status()).toMatchObject({
      activation: { kind: 'break_glass', reason },
      break_glass: { reason, expires_at: expect.any(String) },
    })
  })

  it('ends by itself, on every instance, before anything is written down', async () => {
    const revision = await seal(60)
    const waiting = await breakIn(revision)
    for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
    expect(await inForce()).toBe(revision)
    await runOut()
    expect(await inForce()).toBe(shippedRevision)
    expect(await status()).toMatchObject({ in_force: shippedRevision, break_glass: null })

    const [ended] = outbox.payloads('policy.break_glass_ended')
    await breakGlass.onEnded(ended)
    await breakGlass.onEnded(ended)
    expect(await kinds()).toBe('expiry,break_glass')
    expect(await status()).toMatchObject({ in_force: shippedRevision, activation: { kind: 'expiry', by: 'system' } })
    expect(told).toHaveLength(1)
    // It has decided, but never passed what is asked for: one person does not bring it back.
    const again = activations.rollBack(await seeded.as('reviewer'), { revision, reason })
    expect(await refusal(again)).toContain('admin.policy_never_active')
  })

  it('is not written down before its time', async () => {
    const waiting = await breakIn(await seal(60))
    for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
    const [ended] = outbox.payloads('policy.break_glass_ended')
    expect(await refusal(breakGlass.onEnded(ended))).toContain('admin.policy_not_expired')
  })

  it('becomes an ordinary activation once people agree as usual', async () => {
    const revision = await seal(60)
    const waiting = await breakIn(revision)
    for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
    await vote(await activate(revision), 'operator')
    await runOut()
    expect(await inForce()).toBe(revision)
    expect(await kinds()).toBe('activate,break_glass')
    for (const ended of outbox.payloads('policy.break_glass_ended')) await breakGlass.onEnded(ended)
    expect(await inForce()).toBe(revision)
    // Going back leads to what decided before the glass was broken.
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    expect(await inForce()).toBe(shippedRevision)
  })

  it('lasts no longer for another on top of it', async () => {
    const first = await seal(60)
    for (const revision of [first, await seal(61)]) {
      const waiting = await breakIn(revision)
      for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
      expect(await inForce()).toBe(revision)
    }
    await runOut()
    expect(await inForce()).toBe(shippedRevision)
    for (const ended of outbox.payloads('policy.break_glass_ended')) await breakGlass.onEnded(ended)
    expect(await kinds()).toBe('expiry,break_glass,break_glass')
    expect(await inForce()).toBe(shippedRevision)
    const again = activations.rollBack(await seeded.as('reviewer'), { revision: first, reason })
    expect(await refusal(again)).toContain('admin.policy_never_active')
  })

  it('can be taken back at any time by one person', async () => {
    const waiting = await breakIn(await seal(60))
    for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
    await activations.rollBack(await seeded.as('reviewer'), { reason })
    expect(await inForce()).toBe(shippedRevision)
    for (const ended of outbox.payloads('policy.break_glass_ended')) await breakGlass.onEnded(ended)
    expect(await kinds()).toBe('rollback,break_glass')
  })
})
