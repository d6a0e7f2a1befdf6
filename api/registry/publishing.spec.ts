import { generateKeyPairSync } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { pack, type Header } from 'tar-stream'
import { digestOf } from '#runtime/digest.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { Held } from '../platform/http/held.js'
import type { Published } from './publications.service.js'
import {
  blobCount,
  bundleOf,
  echoComponent,
  manifest,
  testRegistry,
  upload,
  type TestRegistry,
} from './testing/test-registry.js'

let registry: TestRegistry
let developer: Caller
let component: Uint8Array
beforeAll(async () => {
  registry = await testRegistry()
  developer = await registry.people.as('acme_developer')
  component = await echoComponent()
}, 120_000)
afterAll(() => registry.drop())

const rows = async (): Promise<number> =>
  registry.database.inScope({ platform: true }, async (tx) => {
    const found = await tx.query<{ count: number }>(
      `SELECT ((SELECT count(*) FROM extension_registry) + (SELECT count(*) FROM extension_version)
        + (SELECT count(*) FROM extension_bundle))::int AS count`,
    )
    return found.rows[0]!.count
  })
const signed = (bytes: Uint8Array, declared: object) => ({
  key: registry.signingKey,
  digest: digestOf(bytes),
  declared,
})
const archive = async (...entries: (Partial<Header> & { name: string })[]): Promise<Uint8Array> => {
  const tar = pack()
  const bytes = buffer(tar.pipe(createGzip()))
  for (const entry of entries)
    if (entry.type) tar.entry(entry as Header)
    else tar.entry(entry as Header, 'x')
  tar.finalize()
  return bytes
}

describe('what is refused leaves no row and no blob', () => {
  let before: number[]
  const kept = async (): Promise<number[]> => [await rows(), await blobCount(registry)]
  const refused = async (send: () => Promise<unknown>): Promise<string[]> => {
    before = await kept()
    return refusal(send())
  }
  afterEach(async () => {
    expect(await kept()).toEqual(before)
  })
  const publish = (bytes: Uint8Array, by: Parameters<typeof upload>[1]) =>
    refused(() => registry.publishing.publish(developer, upload(bytes, by)))

  it('an unsigned bundle', async () => {
    const { bytes } = await bundleOf(manifest(), component)
    expect(await publish(bytes, null)).toEqual(['publish.unsigned'])
  })

  it('an unknown signer', async () => {
    const { bytes, digest } = await bundleOf(manifest(), component)
    const { privateKey: key } = generateKeyPairSync('ed25519')
    expect(await publish(bytes, { key, digest, declared: manifest() })).toEqual(['publish.unknown_signer'])
  })

  it('other bytes than those that were signed', async () => {
    const { digest } = await bundleOf(manifest(), component)
    const { bytes } = await bundleOf(manifest(), component, { 'added.txt': Buffer.from('x') })
    const by = { key: registry.signingKey, digest, declared: manifest() }
    expect(await publish(bytes, by)).toEqual(['publish.digest_mismatch'])
  })

  it('a changed byte, whether or not the archive can still be read', async () => {
    const { bytes, digest } = await bundleOf(manifest(), component)
    const changed = Uint8Array.from(bytes)
    changed[Math.floor(changed.length / 2)]! ^= 1
    const reasons = await publish(changed, { key: registry.signingKey, digest, declared: manifest() })
    expect(reasons).toContain('publish.digest_mismatch')
  })

  it.each([
    ['a path that leads out', () => archive({ name: '../../etc/passwd' }), 'bundle.path_traversal'],
    ['a link', () => archive({ name: 'a', type: 'symlink', linkname: '/etc/passwd' }), 'bundle.link'],
    ['a bomb', async () => gzipSync(Buffer.alloc(40 << 20)), 'bundle'],
    ['half a bundle', async () => (await bundleOf(manifest(), component)).bytes.subarray(0, 2000), 'bundle.truncated'],
    ['no archive', async () => Buffer.from('{"json": true}'), 'bundle.malformed'],
  ])('%s', async (_what, bytes, code) => {
    const made = await bytes()
    expect((await publish(made, null))[0]).toContain(code)
    const found = await registry.publishing
      .publish(developer, upload(made, signed(made, manifest())))
      .catch((error) => error)
    expect(found).toMatchObject({ code: expect.stringContaining(code), details: { decisionId: expect.any(String) } })
  })

  it('an invalid manifest, by its pointers', async () => {
    const declared = manifest({ permissions: ['root:everything'] })
    const { bytes } = await bundleOf(declared, component)
    before = await kept()
    const send = registry.publishing.publish(developer, upload(bytes, signed(bytes, declared)))
    await expect(send).rejects.toMatchObject({
      code: 'manifest.invalid',
      details: { errors: [{ pointer: '/permissions/0' }] },
    })
  })

  it('a capability that the manifest does not declare', async () => {
    const js = `import { get } from 'gatehouse:extension/kv@0.1.0'
      export const handle = () => ({ status: 200, headers: [], body: get('a') ?? new Uint8Array() })`
    const { bytes } = await bundleOf(manifest(), await echoComponent(['kv'], js))
    expect(await publish(bytes, signed(bytes, manifest()))).toEqual(['publish.finding'])
  })

  it('a component that is none', async () => {
    const { bytes } = await bundleOf(manifest(), Buffer.from('not wasm'))
    expect(await publish(bytes, signed(bytes, manifest()))).toEqual(['publish.critical_finding'])
  })

  it('an upload that breaks off', async () => {
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('aborted')
      })(),
    )
    before = await kept()
    await expect(
      registry.publishing.publish(developer, { declaredBytes: 0, body, envelope: undefined }),
    ).rejects.toThrow('aborted')
  })

  it('an envelope that is none', async () => {
    const body = Readable.from([Buffer.from('x')])
    expect(
      await refused(() => registry.publishing.publish(developer, { declaredBytes: 0, body, envelope: 'e30=' })),
    ).toEqual(['signature.malformed'])
  })

  it('anything while the scanner cannot answer', async () => {
    const { bytes } = await bundleOf(manifest(), component)
    const down = registry.publishingWith({ wallMs: 1, heapMb: 64, outputBytes: 1 })
    before = await kept()
    await expect(down.publish(developer, upload(bytes, signed(bytes, manifest())))).rejects.toMatchObject({
      code: 'scanner.unavailable',
    })
  })

  it('a member of another organisation', async () => {
    const { bytes } = await bundleOf(manifest(), component)
    const stranger = await registry.people.as('globex_owner')
    const send = () => registry.publishing.publish(stranger, upload(bytes, signed(bytes, manifest())))
    expect(await refused(send)).toEqual(['not_found'])
  })
})

describe('what is let in', () => {
  it('is written once, countersigned, and the same bytes again are no fault', async () => {
    const { bytes, digest } = await bundleOf(manifest(), component)
    const send = () => registry.publishing.publish(developer, upload(bytes, signed(bytes, manifest())))
    const first = (await send()) as Published
    expect(first).toMatchObject({ created: true, version: { digest, review_state: 'approved', channel: 'draft' } })
    expect(first.version.envelope.signatures).toHaveLength(2)
    expect(await send()).toMatchObject({ created: false, version: { id: first.version.id } })
    await registry.blobs.verify(digest)
    await registry.artifacts.materialise({
      artifact_digest: first.version.artifact_digest!,
      artifact_signature: first.version.artifact_signature!,
    })
    const { bytes: other } = await bundleOf(manifest(), component, { 'more.txt': Buffer.from('x') })
    const again = registry.publishing.publish(developer, upload(other, signed(other, manifest())))
    await expect(again).rejects.toMatchObject({ code: 'version.exists', status: 409 })
  })

  it('is no submission where it is there already, but for the publisher alone', async () => {
    const { bytes } = await bundleOf(manifest({ id: 'com.acme.again' }), component)
    const declared = manifest({ id: 'com.acme.again' })
    const send = (by: Caller) => registry.publishing.publish(by, upload(bytes, signed(bytes, declared)))
    const decisions = async (): Promise<string[]> => {
      const found = await registry.database.inScope({ platform: true }, (tx) =>
        tx.query<{ outcome: string }>(
          `SELECT outcome FROM decision WHERE action = 'extension.submit' AND extension = 'com.acme.again' ORDER BY id`,
        ),
      )
      return found.rows.map(({ outcome }) => outcome)
    }
    await send(developer)
    expect(await send(developer)).toMatchObject({ created: false })
    expect(await decisions()).toEqual(['allow'])
    const unscoped = { ...developer, actor: { ...developer.actor, scopes: [] } }
    expect(await refusal(send(unscoped))).toEqual(['admin.scope_missing'])
    expect(await refusal(send(await registry.people.as('acme_admin')))).toContain('publish.not_publisher_member')
    expect(await decisions()).toEqual(['allow', 'deny'])
  })

  it('leaves only a blob that nothing names where it ends between blob and row, and goes through when sent again', async () => {
    const declared = manifest({ id: 'com.acme.crash' })
    const { bytes, digest } = await bundleOf(declared, component)
    const send = () => registry.publishing.publish(developer, upload(bytes, signed(bytes, declared)))
    const before = await rows()
    const cut = jest.spyOn(registry.gate, 'write').mockRejectedValueOnce(new Error('the process ended here'))
    await expect(send()).rejects.toThrow('the process ended here')
    cut.mockRestore()
    expect(await rows()).toBe(before)
    await registry.blobs.verify(digest)
    expect(await send()).toMatchObject({ created: true, version: { digest } })
    expect(await rows()).toBe(before + 3)
  })

  it('waits for a review where it asks for much, and is written once somebody else approved', async () => {
    const declared = manifest({
      id: 'com.acme.fetcher',
      permissions: ['http:fetch'],
      egress: [{ host: 'rates.example', methods: ['GET'] }],
    })
    const { bytes } = await bundleOf(declared, component)
    const before = await rows()
    const held = await registry.publishing.publish(developer, upload(bytes, signed(bytes, declared)))
    expect(held).toBeInstanceOf(Held)
    expect(await rows()).toBe(before)
    const { id } = (held as Held).body.approval
    const reviewer = await registry.people.as('reviewer')
    const { subject_digest } = await registry.approvals.show(reviewer, id)
    const vote = { verdict: 'approve' as const, comment: 'fine', subject_digest }
    await expect(registry.approvals.vote(developer, id, vote)).rejects.toMatchObject({ status: 403 })
    await registry.approvals.vote(reviewer, id, vote)
    await registry.outbox.deliver()
    expect(await rows()).toBe(before + 3)
  })
})
