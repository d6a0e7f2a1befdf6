import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { packBundle } from '#runtime/bundle/pack.js'
import { readBundle } from '#runtime/bundle/read.js'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { PolicyLoadError } from '../errors.js'
import { loadPolicy } from '../load.js'
import { opaHash } from '../opa-hash.rules.js'
import { OPA_SIGNATURES, opaKeys, type PolicyKey } from '../opa-signature.js'
import { signBundle, verifyBundle } from '../signed-bundle.js'
import { edited, withFile } from '../testing/edit-policy.js'
import { soundCases } from './cases.js'
import { openOpa, type Opa } from './opa.js'
import { readPolicyFolder, withToolFolder, writeFiles, type PolicyFiles } from './policy-files.js'
import { sealPolicy, type SealedRevision } from './seal.js'

jest.setTimeout(60_000)

const NOW = 1_795_000_000_000
const policies = dirname(shippedBundleFolder())
const trusted = (...keys: KeyObject[]): PolicyKey[] => keys.map((publicKey) => ({ publicKey, notAfter: null }))
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const [old, next] = [newKey(), newKey()]
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Bytes that do not compress, in MiB. */
const noise = (mib: number): Buffer => randomBytes(mib * 1024 * 1024)

interface Hashed {
  readonly name: string
}

let tool: Opa
let files: PolicyFiles
let sealed: SealedRevision

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(policies)
  sealed = await sealPolicy(files, { tool })
}, 300_000)

/** An archive with some of its files changed; its signatures stay as they were. */
async function tampered(archive: Uint8Array, change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
  const inside = new Map(await readBundle(archive))
  change(inside)
  return (await packBundle(inside)).bytes
}

/** A stock agent with nothing but its configuration: it loads the bundle as any other does, then answers once. */
const agentWith = (archive: Uint8Array) =>
  withToolFolder(async (folder) => {
    const { input } = soundCases(files).find(({ name }) => name === 'within scope and quota')!
    const config = {
      keys: opaKeys(trusted(old.publicKey, next.publicKey)),
      bundles: { gatehouse: { resource: 'file:///b.tar.gz', signing: {} } },
    }
    const parts = { 'b.tar.gz': archive, 'config.json': JSON.stringify(config), 'input.json': canonicalBytes(input) }
    await writeFiles(folder, new Map<string, Uint8Array | string>(Object.entries(parts)))
    const asked = ['--decision', 'governance/call/decision', 'input.json']
    return tool.run(['exec', '--config-file', 'config.json', '--timeout', '5s', ...asked], folder)
  })

describe('a sealed revision', () => {
  it('has the same bytes from another folder', async () => {
    const outer = await mkdtemp(join(tmpdir(), 'gatehouse-seal-'))
    try {
      await cp(policies, join(outer, 'elsewhere'), { recursive: true })
      const again = await sealPolicy(await readPolicyFolder(join(outer, 'elsewhere')), { tool })
      expect(Buffer.compare(sealed.archive, again.archive)).toBe(0)
      expect([again.digest, again.revision]).toEqual([sealed.digest, sealed.revision])
    } finally {
      await rm(outer, { recursive: true, force: true })
    }
  })

  it('is the shipped revision for the shipped sources, and says what made it', async () => {
    expect(sealed.revision).toBe((await readShippedBundle()).revision)
    expect(sealed.statement.compiler).toMatchObject({ name: 'opa', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
    expect(Object.keys(sealed.statement.sources)).toEqual([...files.keys()])
  })

  it.each([
    [
      'a test',
      'governance/call/call_test.rego',
      'package governance.call_test',
      '# seen\npackage governance.call_test',
    ],
    ['a golden case', 'cases/call/invoke.yaml', 'base:', '# seen\nbase:'],
  ])('has another digest and the same revision after %s was edited', async (_what, file, from, to) => {
    const other = await sealPolicy(edited(files, file, [from, to]), { tool })
    expect(other.digest).not.toBe(sealed.digest)
    expect(other.revision).toBe(sealed.revision)
  })

  it('has another digest and another revision after platform data was edited', async () => {
    const other = await sealPolicy(edited(files, 'platform.json', ['8192', '8193']), { tool })
    expect(other.digest).not.toBe(sealed.digest)
    expect(other.revision).not.toBe(sealed.revision)
  })
})

describe('a signed bundle', () => {
  it('is loaded and answers as the sealed policy does', async () => {
    const { bundle, signer } = await verifyBundle(
      await signBundle(sealed.archive, old.privateKey),
      trusted(old.publicKey),
      NOW,
    )
    expect(signer).toBe(keyIdOf(old.publicKey))
    expect(bundle).toMatchObject({ sealedAs: sealed.digest, revision: sealed.revision })
    const [engine, shipped] = [await loadPolicy(bundle), await loadPolicy(await readShippedBundle())]
    for (const { gate, input } of soundCases(files).slice(0, 20)) {
      const asked = canonicalBytes(input)
      expect(textOf(engine.evaluate(gate, asked).answer)).toBe(textOf(shipped.evaluate(gate, asked).answer))
    }
  })

  it('is taken by an old and a new key at once, so that keys change without a gap', async () => {
    const both = trusted(old.publicKey, next.publicKey)
    for (const { privateKey, publicKey } of [old, next]) {
      const { signer } = await verifyBundle(await signBundle(sealed.archive, privateKey), both, NOW)
      expect(signer).toBe(keyIdOf(publicKey))
    }
  })

  it('is refused without a signature, by a key that is not trusted, and by one whose time is over', async () => {
    const signed = await signBundle(sealed.archive, old.privateKey)
    await expect(verifyBundle(sealed.archive, trusted(old.publicKey), NOW)).rejects.toThrow('is not signed')
    await expect(verifyBundle(signed, trusted(next.publicKey), NOW)).rejects.toThrow('no signature by a key')
    await expect(verifyBundle(signed, [{ publicKey: old.publicKey, notAfter: NOW }], NOW)).rejects.toThrow(
      PolicyLoadError,
    )
    await expect(verifyBundle(new Uint8Array(100), trusted(old.publicKey), NOW)).rejects.toThrow(PolicyLoadError)
  })

  it.each<[string, (files: Map<string, Uint8Array>) => void]>([
    ['a rule', (inside) => inside.set('governance/call/call.rego', Buffer.from('package governance.call'))],
    ['the module', (inside) => inside.set('policy.wasm', Buffer.concat([inside.get('policy.wasm')!, Buffer.of(0)]))],
    [
      'the budget',
      (inside) =>
        inside.set(
          'manifest.json',
          Buffer.from(textOf(inside.get('manifest.json')!).replace(/"budget": \d+/, '"budget": 19999999')),
        ),
    ],
    [
      'data',
      (inside) => inside.set('data.json', Buffer.from(textOf(inside.get('data.json')!).replace('8192', '8193'))),
    ],
    ['a file more', (inside) => inside.set('governance/extra.rego', Buffer.from('package governance.extra'))],
    ['a file less', (inside) => inside.delete('reasons.json')],
    ['signatures that are none', (inside) => inside.set(OPA_SIGNATURES, Buffer.from('{"signatures": ["a.b.c"]}'))],
    ['no signatures', (inside) => inside.delete(OPA_SIGNATURES)],
  ])('is refused with %s changed', async (_what, change) => {
    const archive = await tampered(await signBundle(sealed.archive, old.privateKey), change)
    await expect(verifyBundle(archive, trusted(old.publicKey), NOW)).rejects.toThrow(PolicyLoadError)
  })

  it.each<[string, () => Map<string, Uint8Array>]>([
    ['one file is larger than any part of a policy', () => new Map([['data.json', noise(5)]])],
    ['they are larger together', () => new Map(['a', 'b', 'c', 'd', 'e'].map((name) => [name, noise(3.9)]))],
    ['there are very many', () => new Map(Array.from({ length: 1_001 }, (_, index) => [`f${index}`, Buffer.of(1)]))],
    ['they unpack to a multiple of what was sent', () => new Map([['a', Buffer.alloc(3 * 1024 * 1024)]])],
  ])('is unpacked no further than a policy can be: %s', async (_what, inside) => {
    const { bytes } = await packBundle(new Map([...inside(), [OPA_SIGNATURES, Buffer.from('{}')]]))
    await expect(verifyBundle(bytes, trusted(old.publicKey), NOW)).rejects.toThrow('cannot be read')
  })

  it('is refused where somebody wrote the hashes anew under the old signature', async () => {
    const archive = await tampered(await signBundle(sealed.archive, old.privateKey), (inside) => {
      const rule = 'governance/call/call.rego'
      const { signatures } = JSON.parse(textOf(inside.get(OPA_SIGNATURES)!)) as { signatures: string[] }
      const [header, payload, signature] = signatures[0]!.split('.')
      inside.set(rule, Buffer.from('package governance.call'))
      const { files: hashes } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { files: Hashed[] }
      const anew = hashes.map((one) => (one.name === rule ? { ...one, hash: opaHash(rule, inside.get(rule)!) } : one))
      const forged = Buffer.from(JSON.stringify({ files: anew })).toString('base64url')
      inside.set(OPA_SIGNATURES, Buffer.from(JSON.stringify({ signatures: [`${header}.${forged}.${signature}`] })))
    })
    await expect(verifyBundle(archive, trusted(old.publicKey), NOW)).rejects.toThrow('no signature by a key')
  })

  it('is refused where its header asks for another algorithm than its key has', async () => {
    const archive = await tampered(await signBundle(sealed.archive, old.privateKey), (inside) => {
      const { signatures } = JSON.parse(textOf(inside.get(OPA_SIGNATURES)!)) as { signatures: string[] }
      const [, payload] = signatures[0]!.split('.')
      const header = Buffer.from(JSON.stringify({ alg: 'none', kid: keyIdOf(old.publicKey) })).toString('base64url')
      inside.set(OPA_SIGNATURES, Buffer.from(JSON.stringify({ signatures: [`${header}.${payload}.`] })))
    })
    await expect(verifyBundle(archive, trusted(old.publicKey), NOW)).rejects.toThrow('no signature by a key')
  })

  it('asks for a P-256 key, because stock agents take no other of ours', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    await expect(signBundle(sealed.archive, privateKey)).rejects.toThrow('P-256')
  })

  it('is taken by a stock agent that trusts both keys, whatever its data, and refused once changed', async () => {
    const { platform } = JSON.parse(textOf(files.get('platform.json')!)) as { platform: object }
    const odd = JSON.stringify({ platform: { ...platform, odd: ODD } })
    const { archive } = await sealPolicy(withFile(files, 'platform.json', odd), { tool })
    for (const { privateKey } of [old, next]) {
      const signed = await signBundle(archive, privateKey)
      expect(await agentWith(signed)).toMatchObject({ ok: true, stdout: expect.stringContaining('"outcome": "allow"') })
      const changed = await tampered(signed, (inside) => inside.set('data.json', Buffer.from('{"platform": {}}')))
      const refused = await agentWith(changed)
      expect(refused.ok).toBe(false)
      expect(refused.stdout + refused.stderr).toContain('digest mismatch')
    }
  })
})

describe('the archive', () => {
  it('lets stock opa answer as the engine does', async () => {
    const engine = await loadPolicy(await readShippedBundle())
    const { gate, input } = soundCases(files).find(({ name }) => name === 'within scope and quota')!
    const answered = await withToolFolder(async (folder) => {
      await writeFiles(
        folder,
        new Map([
          ['b.tar.gz', sealed.archive],
          ['input.json', canonicalBytes(input)],
        ]),
      )
      const query = `data.governance.${gate}.decision`
      return tool.output(['eval', '-b', 'b.tar.gz', '-i', 'input.json', '-f', 'raw', query], folder)
    })
    const { answer } = engine.evaluate(gate, canonicalBytes(input))
    expect(JSON.parse(answered)).toEqual(JSON.parse(textOf(answer)))
  })
})

/** What two JSON encoders may write differently. */
const ODD = {
  '\u{1f600}': 1e21,
  '\uff5e': 1e-7,
  text: 'é<&>\u2028\u2029\u0001\b\f\u007f"\\/',
  numbers: [0, -1.5, 100, 1.0, 123456789012, 5e-324],
  empty: [{}, [], null, true, ''],
}
