import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { KeyFiles, KeyFileUnsound } from './key-files.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('key files', () => {
  it('makes a key once, for its owner alone', async () => {
    const files = await KeyFiles.open(folder)
    const [one, two] = await Promise.all([files.signing('ledger'), files.signing('ledger')])
    expect(one.equals(two)).toBe(true)
    expect((await files.secret('secrets')).symmetricKeySize).toBe(32)
    expect((await stat(join(folder, 'keys', 'ledger.pem'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(folder, 'keys'))).toHaveLength(2)
  })

  it('refuses a key that others can read', async () => {
    const files = await KeyFiles.open(folder)
    await files.signing('glue')
    await chmod(join(folder, 'keys', 'glue.pem'), 0o640)
    await expect(files.signing('glue')).rejects.toThrow(KeyFileUnsound)
  })

  it('refuses bytes that are no such key, without showing them', async () => {
    const files = await KeyFiles.open(folder)
    await writeFile(join(folder, 'keys', 'secrets.key'), 'c2hvcnQ=', { mode: 0o600 })
    await expect(files.secret('secrets')).rejects.toThrow(/restore/)
    await writeFile(join(folder, 'keys', 'ledger.pem'), 'hunter2', { mode: 0o600 })
    await expect(files.signing('ledger')).rejects.not.toThrow(/hunter2/)
  })

  it('makes the key for agents on the curve that stock OPA verifies, and takes no other', async () => {
    const files = await KeyFiles.open(folder)
    const key = await files.rotating('opa').signing()
    expect(key.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
    expect((await files.rotating('opa').signing()).equals(key)).toBe(true)
    const ed25519 = (await files.rotating('policy').signing()).export({ type: 'pkcs8', format: 'pem' })
    await writeFile(join(folder, 'keys', 'opa.pem'), ed25519, { mode: 0o600 })
    await expect(files.rotating('opa').signing()).rejects.toThrow(KeyFileUnsound)
    const found = (await files.inspect()).find(({ file }) => file === 'opa.pem')
    expect(found?.fault).toMatch(/restore/)
  })
})
