import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { POLICY_PAYLOAD_TYPE, shippedBundleFolder } from '#engine/bundle.js'
import { signPayload } from '#runtime/bundle/dsse.js'
import { PolicyFiles } from './policy-files.js'
import { PolicySet } from './policy-set.service.js'

const trusted = generateKeyPairSync('ed25519')
let folder: string
/** Nothing was sealed. */
const sealed = { inForce: async () => null, read: async () => null }
let custom: { folder: string; trustFile: string }

const sign = async (key: KeyObject): Promise<void> => {
  const manifest = await readFile(join(custom.folder, 'manifest.json'))
  await writeFile(
    join(custom.folder, 'signature.json'),
    JSON.stringify(signPayload(POLICY_PAYLOAD_TYPE, manifest, key)),
  )
}
const flip = async (name: string): Promise<void> => {
  const bytes = await readFile(join(custom.folder, name))
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  await writeFile(join(custom.folder, name), bytes)
}
const load = async (source: typeof custom | null = custom): Promise<PolicySet> => {
  const policies = new PolicySet(new PolicyFiles({ custom: source, archive: join(folder, 'archive') }, sealed))
  await policies.load()
  return policies
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-policy-'))
  custom = { folder: join(folder, 'bundle'), trustFile: join(folder, 'trust.pem') }
  await cp(shippedBundleFolder(), custom.folder, { recursive: true })
  await writeFile(custom.trustFile, trusted.publicKey.export({ type: 'spki', format: 'pem' }))
  await sign(trusted.privateKey)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('policy bundles on disk', () => {
  it('load as shipped, and as a signed one in another folder', async () => {
    const shipped = await load(null)
    const other = await load()
    expect(shipped.fault).toBeNull()
    expect(other.revision).toBe(shipped.revision)
  })

  it('are kept by revision, whole, and found again without their source', async () => {
    const { revision } = await load()
    await rm(custom.folder, { recursive: true })
    const later = await load(custom)
    expect(later.active).toBeNull()
    expect((await later.at(revision!))?.revision).toBe(revision)
    expect(await later.at(`sha256:${'0'.repeat(64)}`)).toBeNull()
    expect(await readdir(join(folder, 'archive'))).toEqual([revision!.replace(':', '-')])
  })

  it.each([
    ['the signature is missing', () => rm(join(custom.folder, 'signature.json')), 'cannot be read'],
    ['another key signed', () => sign(generateKeyPairSync('ed25519').privateKey), 'no trusted key'],
    ['the signature is no envelope', () => writeFile(join(custom.folder, 'signature.json'), '{}'), 'no DSSE envelope'],
    ['the manifest was changed', () => flip('manifest.json'), 'signs another'],
    ['the module was changed', () => flip('policy.wasm'), 'digest'],
    ['the words were changed', () => flip('reasons.json'), 'digest'],
    ['the trusted keys are missing', () => rm(custom.trustFile), 'cannot be read'],
    ['there is no trusted key', () => writeFile(custom.trustFile, ''), 'no trusted key'],
  ] as const)('do not load where %s, and say why', async (_, corrupt, fault) => {
    await corrupt()
    const policies = await load()
    expect(policies.active).toBeNull()
    expect(policies.fault).toContain(fault)
  })

  it('do not come back from the archive as something else', async () => {
    const { revision } = await load()
    custom = { ...custom, folder: join(folder, 'archive', revision!.replace(':', '-')) }
    await flip('policy.wasm')
    await expect((await load(null)).at(`${revision!}`)).resolves.toBeDefined()
    const fresh = new PolicyFiles({ custom: null, archive: join(folder, 'archive') }, sealed)
    await expect(fresh.past(revision!)).rejects.toThrow('digest')
  })
})
