import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from './config.js'
import { readTrustBundle } from './trust-bundle.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-trust-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
const first = generateKeyPairSync('ed25519')
const second = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const secret = first.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const read = async (text: string): Promise<KeyObject[]> => {
  const path = join(folder, 'trust.pem')
  await writeFile(path, text)
  return readTrustBundle(loadConfig({ SIGNING_TRUST_BUNDLE: path }))
}

describe('the trust bundle', () => {
  it('is empty where none is set', async () => {
    expect(await readTrustBundle(loadConfig({}))).toEqual([])
  })

  it('gives every key, whatever is noted between them', async () => {
    const keys = await read(`until spring\n${spki(first.publicKey)}\nsince\n${spki(second.publicKey)}`)
    expect(keys.map(spki)).toEqual([spki(first.publicKey), spki(second.publicKey)])
  })

  it.each([
    ['nothing', ''],
    ['no PEM', 'trust me'],
    ['a broken key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['a key of another algorithm', spki(rsa.publicKey)],
    ['a good key and a bad one', spki(first.publicKey) + spki(rsa.publicKey)],
    ['a private key', secret],
    ['a public key and a private one', spki(first.publicKey) + secret],
    ['half a key', spki(first.publicKey) + spki(second.publicKey).slice(0, 60)],
  ])('is refused by the name of its setting where it holds %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ faults: [{ setting: 'SIGNING_TRUST_BUNDLE' }] })
  })

  it('is refused where the file cannot be read', async () => {
    const config = loadConfig({ SIGNING_TRUST_BUNDLE: join(folder, 'absent.pem') })
    await expect(readTrustBundle(config)).rejects.toThrow(
      /SIGNING_TRUST_BUNDLE: .*absent.pem cannot be read \(ENOENT\)/,
    )
  })
})
