import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parse } from 'yaml'

/** One case of OPA's compliance suite, as its files spell it. */
export interface SuiteCase {
  /** The folder it lies in. */
  readonly topic: string
  readonly note: string
  readonly query: string
  readonly modules?: readonly string[]
  readonly data?: unknown
  readonly input?: unknown
  /** Input as a Rego term, which may hold sets; it wins over `input`. */
  readonly input_term?: string
  readonly want_defined?: boolean
  readonly want_result?: readonly Readonly<Record<string, unknown>>[]
  readonly want_error_code?: string
  readonly want_error?: string
  /** Arrays in the result are compared as sets. */
  readonly sort_bindings?: boolean
  /** The error is one only in strict mode; elsewhere the answer is undefined. */
  readonly strict_error?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** All cases under a folder, in the order of their files. Fails on a file that is no suite. */
export async function readSuite(folder: string): Promise<SuiteCase[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).toSorted()
  const cases = await Promise.all(files.map((name) => readCases(folder, join(folder, name))))
  return cases.flat()
}

async function readCases(folder: string, file: string): Promise<SuiteCase[]> {
  const { cases } = parse(await readFile(file, 'utf8'), { intAsBigInt: true }) as { cases?: Omit<SuiteCase, 'topic'>[] }
  if (!cases) throw new Error(`${relative(folder, file)} has no cases`)
  const [topic = ''] = relative(folder, dirname(file)).split(/[\\/]/)
  return cases.map((one) => ({ ...one, topic }))
}
