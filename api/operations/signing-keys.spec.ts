import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { OperationRefused } from './operation-refused.js'
import { signingKeys, type KeyRequest } from './signing-keys.js'
import { keyWords } from './words.rules.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const asked = (verb: KeyRequest['verb'], more: Partial<KeyRequest> = {}) =>
  signingKeys(folder, { verb, name: 'opa', ...more }, Date.now())

it('the keys that sign policy are rotated while a service reads them', async () => {
  const service = (await KeyFiles.open(folder)).rotating('opa')
  const old = keyIdOf(await service.signing())
  await expect(asked('rotate')).rejects.toThrow(OperationRefused)
  const announced = await asked('announce')
  expect(announced.keys.map(({ id, state }) => [id, state])).toEqual([
    [old, 'signs'],
    [announced.keys[1]!.id, 'announced'],
  ])
  expect(keyWords(announced)).toContain('BEGIN PUBLIC KEY')
  await expect(asked('rotate')).rejects.toThrow('--early')
  const { keys } = await asked('rotate', { early: true })
  expect(keys.map(({ state }) => state)).toEqual(['signs', 'retired'])
  expect(keyIdOf(await service.signing())).toBe(announced.keys[1]!.id)
  await expect(asked('revoke', { id: 'none' })).rejects.toThrow(OperationRefused)
  expect((await asked('revoke', { id: old })).keys).toHaveLength(1)
})
