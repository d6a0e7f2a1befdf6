import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { EXTENSION_TYPES } from '#contract/manifest/index.js'
import { scaffold } from '../scaffold.js'
import type { CaseResult } from './run-tests.js'

interface Told {
  readonly code: number | null
  readonly cases: readonly CaseResult[]
  /** All that it said. */
  readonly said: string
}

/** The command itself: the bundler takes no objects of the test's own realm. */
const runTests = async (home: string): Promise<Told> => {
  const args = ['dist/cli/main.js', '--json', 'ext', 'test', home, '--weak-isolation']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close') as Promise<[number | null]>
  const [out, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, said: out + stderr, cases: out === '' ? [] : (JSON.parse(out) as Told).cases }
}

const LONG = 120_000
let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'gatehouse-ext-test-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('gatehouse ext test', () => {
  it.each(EXTENSION_TYPES)(
    'a new %s passes its own cases',
    async (type) => {
      const home = join(folder, type)
      await scaffold(home, 'com.example.fresh', type)
      const { code, cases } = await runTests(home)
      expect(cases.flatMap(({ failures }) => failures)).toEqual([])
      expect(cases.length).toBeGreaterThan(1)
      expect(code).toBe(0)
    },
    LONG,
  )

  it(
    'names file, line and field of what is otherwise, and of what is written wrongly',
    async () => {
      const home = join(folder, 'broken')
      await scaffold(home, 'com.example.broken', 'workflow-step')
      const cases = join(home, 'test/cases.yaml')
      const written = await readFile(cases, 'utf8')
      await writeFile(cases, written.replace('{hello: world}', '{hello: moon}'))
      const {
        code,
        cases: [first, second],
      } = await runTests(home)
      expect(code).toBe(1)
      const line = written.split('\n').findIndex((each) => each.includes('body:')) + 1
      expect(first).toMatchObject({ passed: false, failures: [{ field: 'expect.body', line }] })
      expect(first!.failures[0]!.message).toBe('expected {"json":{"hello":"moon"}}, found {"json":{"hello":"world"}}')
      expect(second!.passed).toBe(true)
      await writeFile(cases, written.replace('path: /hello', 'path: hello'))
      const wrong = await runTests(home)
      expect(wrong.code).toBe(2)
      expect(wrong.said).toMatch(/cases\.yaml:3: \/cases\/0\/request\/path/)
    },
    LONG,
  )
})
