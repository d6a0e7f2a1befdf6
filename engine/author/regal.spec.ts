import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { findRegal } from './regal.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-regal-'))
  for (const [part, mode] of [
    ['first', 0o644],
    ['second', 0o755],
    ['third', 0o755],
  ] as const) {
    await mkdir(join(folder, part))
    await writeFile(join(folder, part, 'regal'), '')
    await chmod(join(folder, part, 'regal'), mode)
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('a Regal is the one asked for, else the first on the search path that can be run, else none', async () => {
  const path = ['absent', 'first', 'second', 'third'].map((part) => join(folder, part)).join(delimiter)
  expect(await findRegal('/opt/regal', path)).toBe('/opt/regal')
  expect(await findRegal(undefined, path)).toBe(join(folder, 'second', 'regal'))
  expect(await findRegal(undefined, '')).toBeUndefined()
})
