import { copyFile, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { KeyFiles, KeyFileUnsound } from './key-files.js'
import { ANNOUNCED_FOR_MS, countsFor, RotationRefused, type RotatingKey } from './rotating-key.js'

let folder: string
let ring: RotatingKey
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-ring-'))
  ring = (await KeyFiles.open(folder)).rotating('policy')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const states = async () => (await ring.keys()).map(({ id, state }) => [id, state])
const signerId = async () => (await ring.keys())[0]!.id

describe('a key that rotates', () => {
  it('is announced first, then signs, and the one before counts for what it signed', async () => {
    const old = await signerId()
    const next = await ring.announce()
    expect(await ring.announce()).toMatchObject({ id: next.id })
    expect(await states()).toEqual([
      [old, 'signs'],
      [next.id, 'announced'],
    ])
    const now = next.since! + ANNOUNCED_FOR_MS
    await ring.rotate(now)
    expect(await states()).toEqual([
      [next.id, 'signs'],
      [old, 'retired'],
    ])
    const [signs, retired] = await ring.keys()
    const hour = 3_600_000
    expect([countsFor(signs!, now + hour), countsFor(retired!, now), countsFor(retired!, now + hour)]).toEqual([
      true,
      true,
      false,
    ])
    expect((await stat(join(folder, 'keys', 'policy.retired.json'))).mode & 0o777).toBe(0o600)
  })

  it('does not sign before it was announced, and for long enough, unless it is wanted early', async () => {
    await expect(ring.rotate(Date.now())).rejects.toThrow(RotationRefused)
    const next = await ring.announce()
    await expect(ring.rotate(next.since! + ANNOUNCED_FOR_MS - 1)).rejects.toThrow('in 1 minutes')
    expect(await ring.rotate(next.since!, { early: true })).toMatchObject({ id: next.id, state: 'signs' })
  })

  it('counts no more once it is revoked; the one that signs is not', async () => {
    const old = await signerId()
    await ring.announce()
    await ring.rotate(Date.now(), { early: true })
    await expect(ring.revoke(await signerId())).rejects.toThrow('signs now')
    await expect(ring.revoke('0'.repeat(32))).rejects.toThrow(RotationRefused)
    await ring.revoke(old)
    expect(await states()).toEqual([[await signerId(), 'signs']])
  })

  it('goes on from a rotation that was cut between its steps', async () => {
    const path = (name: string) => join(folder, 'keys', name)
    const old = await signerId()
    const next = await ring.announce()
    await copyFile(path('policy.pem'), path('kept'))
    await ring.rotate(Date.now(), { early: true })
    // As it was before its last step: the old key is noted as retired, and still signs.
    await rename(path('policy.pem'), path('policy.next.pem'))
    await rename(path('kept'), path('policy.pem'))
    expect(await states()).toEqual([
      [old, 'signs'],
      [next.id, 'announced'],
    ])
    await ring.rotate(Date.now(), { early: true })
    expect(await states()).toEqual([
      [next.id, 'signs'],
      [old, 'retired'],
    ])
  })

  it('is not used where what is noted of those before cannot be read', async () => {
    await ring.signing()
    await writeFile(join(folder, 'keys', 'policy.retired.json'), 'hunter2', { mode: 0o600 })
    await expect(ring.keys()).rejects.toThrow(KeyFileUnsound)
    await expect(ring.keys()).rejects.not.toThrow(/hunter2/)
  })
})
