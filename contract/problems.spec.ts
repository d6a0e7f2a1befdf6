import { describe, expect, it } from '@jest/globals'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemBody } from './api/problem.js'
import { referencePages } from './generators/reference.js'
import { PROBLEMS, problem, problemBody, type ProblemCode } from './problems.js'

const PARTS = ['contract', 'runtime', 'engine', 'certification', 'sdk', 'api', 'cli', 'tui']
const CODES = Object.keys(PROBLEMS) as ProblemCode[]

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries
    .filter(({ name }) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
}

/** The text of all product code but the catalogue itself. */
const productCode = async (): Promise<string> => {
  const files = (await Promise.all(PARTS.map(sources)))
    .flat()
    .filter((file) => !file.startsWith(join('contract', 'problems')))
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
}

describe('the catalogue of problems', () => {
  it('has every code that the code raises', async () => {
    const raised = [...(await productCode()).matchAll(/\bproblem\(\s*'([^']+)'/g)].map(([, code]) => code)
    expect(raised.length).toBeGreaterThan(0)
    expect(raised.filter((code) => !CODES.includes(code as ProblemCode))).toEqual([])
  })

  it('has no code that no part names, as raised or as what it raises', async () => {
    const text = await productCode()
    expect(CODES.filter((code) => !text.includes(`'${code}'`) && !text.includes(`\`${code}\``))).toEqual([])
  })

  it('is documented whole, and the docs name nothing else', () => {
    const documented = [...(referencePages()['problems.md'] ?? '').matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code)
    expect(documented).toEqual(CODES)
  })

  it.each(CODES)('%s has a status of refusal, a title and a remedy that say something', (code) => {
    const { status, title, remedy } = PROBLEMS[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(title.length).toBeGreaterThan(10)
    expect(remedy.length).toBeGreaterThan(5)
    expect(code).toMatch(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/)
  })

  it('gives a body that fits its own schema', () => {
    const raised = problem('request.invalid', {
      detail: 'no',
      decisionId: '0198c0de-0000-7000-8000-000000000001',
      errors: [{ pointer: '/a', detail: 'is required', remedy: 'Add it' }],
      reasons: [{ id: 'call.scope_missing', message: 'm', remedy: 'r' }],
    })
    expect(ProblemBody.parse(problemBody(raised, 'c-1'))).toMatchObject({ code: 'request.invalid', status: 400 })
  })
})
