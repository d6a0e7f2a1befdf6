import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { threatRows, type Proof } from './rows.js'
import { testsOf, type Test } from './tests.js'

const MODEL = 'docs/threat-model.md'
/** Files of cases are tables: what they export is what runs. */
const CASES = /^scripts\/(hostile\/cases|demo\/steps|untrusted)\/[\w/-]+\.ts$/

/** The names of the cases that a built file exports, alone or in lists. */
const casesOf = async (file: string): Promise<Test[]> => {
  const module = (await import(new URL(`../../${file.replace(/\.ts$/, '.js')}`, import.meta.url).href)) as object
  return (Object.values(module) as unknown[])
    .flat()
    .flatMap((one) =>
      typeof one === 'string'
        ? [{ title: one }]
        : typeof one === 'object' && one !== null && 'name' in one
          ? [{ title: String(one.name) }]
          : [],
    )
}

const known = new Map<string, Promise<readonly Test[]>>()
const testsIn = (file: string): Promise<readonly Test[]> => {
  const found = known.get(file)
  if (found !== undefined) return found
  const path = join(packageRoot(), file)
  const made = CASES.test(file) ? casesOf(file) : Promise.resolve(testsOf(readFileSync(path, 'utf8'), file))
  known.set(file, made)
  return made
}

const faultOf = async ({ file, test }: Proof): Promise<string | undefined> => {
  if (!existsSync(join(packageRoot(), file))) return `${file} is not there`
  if (!CASES.test(file) && !/\.spec\.tsx?$/.test(file)) return `${file} is no spec, and no file of cases`
  const named = (await testsIn(file)).filter(({ title }) => title === test)
  if (named.length === 0) return `${file} has no test "${test}"`
  const runs = named.find(({ skipped }) => skipped === undefined)
  return runs ? undefined : `${file} "${test}" is skipped, by ${named[0]!.skipped}`
}

/** Holds the threat model to its tests: each row names at least one, and each of them is there and runs. */
const check = async (): Promise<number> => {
  const rows = threatRows(readFileSync(join(packageRoot(), MODEL), 'utf8'))
  const faults: string[] = rows.length === 0 ? [`${MODEL} has no rows`] : []
  const ids = new Set<string>()
  for (const { id, line, proofs, empty, unread } of rows) {
    const at = `${MODEL}:${line} ${id}`
    if (ids.has(id)) faults.push(`${at} is there twice`)
    ids.add(id)
    for (const cell of empty) faults.push(`${at} says nothing of ${cell}`)
    if (proofs.length === 0) faults.push(`${at} names no test: \`path/to/file.spec.ts\` "title of the test"`)
    if (unread !== '') faults.push(`${at} has among its tests what is none: ${unread}`)
    for (const proof of proofs) {
      const fault = await faultOf(proof)
      if (fault !== undefined) faults.push(`${at}: ${fault}`)
    }
  }
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  const tests = new Set(rows.flatMap(({ proofs }) => proofs.map(({ file, test }) => `${file} ${test}`)))
  process.stdout.write(`${JSON.stringify({ threats: rows.length, tests: tests.size, faults: faults.length })}\n`)
  return faults.length === 0 ? 0 : 1
}

process.exitCode = await check()
