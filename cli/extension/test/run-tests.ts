import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { UsageError } from '../../usage-error.js'
import { buildExtension, readManifest } from '../build.js'
import { LocalStage, type StageOptions } from '../local/stage.js'
import { readCases } from './case-file.js'
import type { CaseResult } from './case-result.js'
import { runCase } from './case-tests.js'
import { runTest } from './script-tests.js'
import { Subject } from './subject.js'
import { readTests } from './test-file.js'

const FOLDER = 'test'
const CASES = /\.ya?ml$/
const TESTS = /\.test\.[jt]s$/

/** One case or test that has been read. */
type Ready = (subject: Subject) => Promise<CaseResult>

const readyIn = async (path: string, folder: string): Promise<Ready[]> => {
  if (TESTS.test(path)) {
    const file = await readTests(path, folder)
    return file.tests.map((test) => (subject) => runTest(subject, test, file))
  }
  const cases = await readCases(path)
  return cases.map((each) => (subject) => runCase(subject, { ...each, file: relative(folder, each.file) }))
}

/** Everything in `test/`, in the order of the files' names. Raises `UsageError` where a file is not as it must be. */
const allIn = async (folder: string): Promise<Ready[]> => {
  const tests = join(folder, FOLDER)
  const names = existsSync(tests) ? await readdir(tests) : []
  const files = names.filter((name) => CASES.test(name) || TESTS.test(name)).toSorted()
  if (files.length === 0)
    throw new UsageError(
      `${tests} has no cases: write one as ${join(tests, 'cases.yaml')} or ${join(tests, 'handler.test.ts')}`,
    )
  const ready: Ready[] = []
  // One after the other: each file registers its tests as it is loaded.
  for (const name of files) ready.push(...(await readyIn(join(tests, name), folder)))
  return ready
}

/** What tests print is no part of the report: it goes to stderr. */
const printingAside = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log, info, debug } = console
  Object.assign(console, { log: console.error, info: console.error, debug: console.error })
  try {
    return await work()
  } finally {
    Object.assign(console, { log, info, debug })
  }
}

/** Builds the extension in a folder and runs its cases and tests, one after the other. */
export const runTests = (folder: string, options: StageOptions): Promise<CaseResult[]> =>
  printingAside(() => allRun(folder, options))

const allRun = async (folder: string, options: StageOptions): Promise<CaseResult[]> => {
  const ready = await allIn(folder)
  await buildExtension(folder)
  const { manifest } = await readManifest(folder)
  const stage = await LocalStage.open(options)
  try {
    const component = await readFile(join(folder, manifest.runtime.entry ?? 'component.wasm'))
    const subject = new Subject(stage, await stage.admit(manifest, component))
    const results: CaseResult[] = []
    for (const each of ready) results.push(await each(subject))
    return results
  } finally {
    await stage.close()
  }
}
