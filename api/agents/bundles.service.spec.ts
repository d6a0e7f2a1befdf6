import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { shippedArchive } from '#engine/author/index.js'
import { readShippedBundle } from '#engine/bundle.js'
import { signBundle, verifyBundle } from '#engine/signed-bundle.js'
import { refusal } from '../gate/testing/refusal.js'
import { FakeClock, settle } from '../killswitch/testing/fake-clock.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import type { RotatingKey } from '../platform/keys/rotating-key.js'
import { AgentBundles } from './bundles.service.js'
import { PolicyWatch } from './policy-watch.js'
import { etagOf } from './polling.rules.js'

let folder: string
let keys: RotatingKey
const OTHER = `sha256:${'b'.repeat(64)}`
let bytes: Uint8Array
const trusted = async () => (await keys.keys()).map(({ publicKey }) => ({ publicKey, notAfter: null }))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-agents-'))
  keys = (await KeyFiles.open(folder)).rotating('opa')
  bytes = await signBundle((await shippedArchive()).archive, await keys.signing())
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The service's bundles over a pointer that a test moves. */
const standing = async () => {
  const { revision } = await readShippedBundle()
  const clock = new FakeClock()
  const listeners = new Set<() => void>()
  const state = { pointer: null as string | null, loaded: revision as string | null }
  const onSwap = (tell: () => void) => {
    listeners.add(tell)
    return () => void listeners.delete(tell)
  }
  const watch = new PolicyWatch({ onSwap }, clock)
  const bundles = new AgentBundles({
    policies: {
      get sealedAs() {
        return state.loaded
      },
    },
    sealed: {
      pointer: async () =>
        state.pointer === null
          ? null
          : { seq: 1n, revision: state.pointer, bundleRevision: revision, breakGlassUntil: null, before: null },
      archive: async (name) => (name === OTHER ? bytes : null),
    },
    ...{ watch, shipped: shippedArchive, keys, now: () => Date.now() },
  })
  const activate = (next: string): void => {
    state.pointer = next
    for (const tell of [...listeners]) tell()
  }
  return { bundles, clock, watch, state, revision, activate, listeners }
}
const { signal } = new AbortController()

describe('the bundle of what is in force', () => {
  it('is the shipped policy until another was activated, signed by the key that is discovered', async () => {
    const { bundles, revision } = await standing()
    const { name, archive } = await bundles.policy({ known: undefined, tenant: 'acme', waitMs: 30_000, signal })
    expect(name).toBe(revision)
    const { bundle, files } = await verifyBundle(archive!, await trusted(), Date.now())
    expect(bundle.revision).toBe(revision)
    expect([...files.keys()].filter((file) => file.endsWith('_test.rego'))).toEqual([])
  })

  it('is the sealed archive once one was', async () => {
    const { bundles, activate, revision } = await standing()
    activate(OTHER)
    expect(await bundles.policy({ known: etagOf(revision), tenant: 'acme', waitMs: 0, signal })).toEqual({
      name: OTHER,
      archive: bytes,
    })
  })

  it('is under the signature of the key that signs now, whichever signed it when it was sealed', async () => {
    const { bundles, activate } = await standing()
    activate(OTHER)
    const asked = { known: undefined, tenant: 'acme', waitMs: 0, signal }
    await bundles.policy(asked)
    const [before] = await keys.keys()
    const next = await keys.announce()
    await keys.rotate(Date.now(), { early: true })
    const { archive } = await bundles.policy(asked)
    expect((await verifyBundle(archive!, await trusted(), Date.now())).signer).toBe(next.id)
    await keys.revoke(before!.id)
    const restarted = await standing()
    restarted.activate(OTHER)
    expect(await refusal(restarted.bundles.policy(asked))).toEqual(['policy.revision_broken'])
  })

  it('is refused where what is in force was not sealed from sources, or is nothing', async () => {
    const { bundles, activate, state } = await standing()
    activate(`sha256:${'c'.repeat(64)}`)
    const asked = { known: undefined, tenant: 'acme', waitMs: 0, signal }
    expect(await refusal(bundles.policy(asked))).toContain('policy.archive_missing')
    Object.assign(state, { pointer: null, loaded: null })
    expect(await refusal(bundles.policy(asked))).toContain('policy.unavailable')
  })
})

describe('an agent that waits', () => {
  /** Asks with what is in force already known, and says when the answer is there. */
  const waiting = async (aborting = signal) => {
    const held = await standing()
    const asked = { known: etagOf(held.revision), tenant: 'acme', waitMs: 30_000, signal: aborting }
    const answer = held.bundles.policy(asked)
    let answered = false
    void answer.then(() => (answered = true))
    await settle()
    return { ...held, answer, isAnswered: () => answered }
  }

  it('is answered when another policy is put in force', async () => {
    const { answer, activate, isAnswered, listeners } = await waiting()
    expect(isAnswered()).toBe(false)
    activate(OTHER)
    expect(await answer).toEqual({ name: OTHER, archive: bytes })
    expect(listeners.size).toBe(0)
  })

  it('is told that nothing changed once its time is over, and not before', async () => {
    const { answer, clock, isAnswered, revision } = await waiting()
    await clock.advance(29_999)
    expect(isAnswered()).toBe(false)
    await clock.advance(1)
    expect(await answer).toEqual({ name: revision, archive: null })
  })

  it('is let go when it went away', async () => {
    const gone = new AbortController()
    const { answer, listeners } = await waiting(gone.signal)
    gone.abort()
    expect((await answer).archive).toBeNull()
    expect(listeners.size).toBe(0)
  })

  it('is let go when the service stops, and nobody waits after that', async () => {
    const { answer, watch, bundles, revision } = await waiting()
    watch.onModuleDestroy()
    expect((await answer).archive).toBeNull()
    expect(
      (await bundles.policy({ known: etagOf(revision), tenant: 'acme', waitMs: 30_000, signal })).archive,
    ).toBeNull()
  })

  it('is told to come again where a thousand of its organisation wait, and keeps nobody else from waiting', async () => {
    const { bundles, revision, watch } = await standing()
    const asking = (tenant: string) => ({ tenant, waitMs: 30_000, signal })
    const ask = (tenant: string) => bundles.policy({ known: etagOf(revision), ...asking(tenant) })
    const waiters = Array.from({ length: 1_000 }, () => ask('acme'))
    await settle()
    await expect(ask('acme')).rejects.toMatchObject({ code: 'overloaded', details: { retryAfter: 5 } })
    expect((await bundles.policy({ known: undefined, ...asking('acme') })).archive).not.toBeNull()
    const other = ask('globex')
    await settle()
    watch.onModuleDestroy()
    expect((await Promise.all([...waiters, other])).every(({ archive }) => archive === null)).toBe(true)
    expect((await ask('acme')).archive).toBeNull()
  })
})
