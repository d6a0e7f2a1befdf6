import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Manifest } from '#contract/manifest/index.js'
import { UsageError } from '../../usage-error.js'
import { buildExtension, readManifest } from '../build.js'
import { bytesOf } from '../local/content.js'
import { openState } from '../local/host.js'
import { LocalStage, type Admitted, type LocalRequest, type StageOptions } from '../local/stage.js'
import { readCases, type TestCase } from './case-file.js'
import { deliveryOf } from './delivery.rules.js'
import { differences } from './judge.rules.js'

/** How one case went. */
export interface CaseResult {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly passed: boolean
  readonly failures: readonly { readonly line: number; readonly field: string; readonly message: string }[]
  /** Host calls that were made, with what refused them. */
  readonly calls: readonly { readonly name: string; readonly error?: string }[]
  readonly fuel: number
}

const FOLDER = 'test'

const casesOf = async (folder: string): Promise<TestCase[]> => {
  const tests = join(folder, FOLDER)
  const names = existsSync(tests) ? await readdir(tests) : []
  const files = names.filter((name) => /\.ya?ml$/.test(name)).toSorted()
  if (files.length === 0) throw new UsageError(`${tests} has no cases: write one as ${join(tests, 'cases.yaml')}`)
  return (await Promise.all(files.map((name) => readCases(join(tests, name))))).flat()
}

/** Builds the extension in a folder and runs its cases, one after the other, each in surroundings of its own. */
export const runTests = async (folder: string, options: StageOptions): Promise<CaseResult[]> => {
  const cases = await casesOf(folder)
  await buildExtension(folder)
  const { manifest } = await readManifest(folder)
  const stage = await LocalStage.open(options)
  try {
    const admitted = await stage.admit(
      manifest,
      await readFile(join(folder, manifest.runtime.entry ?? 'component.wasm')),
    )
    const results: CaseResult[] = []
    for (const each of cases)
      results.push(await runCase(stage, admitted, { ...each, file: relative(folder, each.file) }))
    return results
  } finally {
    await stage.close()
  }
}

/** What is sent in a case: its request, or the one by which its event is delivered. Raises an error where that never is. */
const requestOf = ({ request, event, surroundings }: TestCase, manifest: Manifest): LocalRequest => {
  if (event) return deliveryOf(event, manifest, surroundings)
  const { method, path: target, headers, body } = request!
  return { method, target, headers: Object.entries(headers), ...(body !== undefined && { body: bytesOf(body) }) }
}

const runCase = async (stage: LocalStage, admitted: Admitted, test: TestCase): Promise<CaseResult> => {
  const { file, name, surroundings, lineOf } = test
  const about = { file, line: lineOf([]), name }
  const state = openState(surroundings)
  try {
    const run = await stage.call(admitted, requestOf(test, admitted.manifest), { surroundings, state })
    const failures = differences(test.expect, { run, kv: state.kv.contents() }).map(({ path, message }) => ({
      line: lineOf(path),
      field: path.join('.'),
      message,
    }))
    const calls = run.calls.map(({ name: call, answer }) => ({
      name: call,
      ...('error' in answer && { error: answer.error.code }),
    }))
    return { ...about, passed: failures.length === 0, failures, calls, fuel: run.result?.usage.fuel ?? 0 }
  } catch (error) {
    const field = test.event ? 'event' : 'request'
    const failure = { line: lineOf([field]), field, message: (error as Error).message }
    return { ...about, passed: false, failures: [failure], calls: [], fuel: 0 }
  }
}
