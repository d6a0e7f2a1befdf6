import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { packageRoot } from '#runtime/package-root.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { HOST_BUILTINS } from '../builtins/library.js'
import { loadPolicy } from '../load.js'
import { compileRego } from '../testing/compile-rego.js'
import { allCapabilities } from './capabilities.js'
import { openOpa, type Opa } from './opa.js'

const SECOND = 1_000
/** Builtins that are gone before there is code, or that nobody writes by name. */
const NOT_CALLED = /^(?:internal\.|rego\.metadata\.|assign$|eq$|print$)/

interface Builtin {
  readonly name: string
  readonly decl: { readonly args?: readonly unknown[] }
  readonly nondeterministic?: boolean
  readonly relation?: boolean
}

let tool: Opa
let listed: readonly Builtin[]
let known: readonly Builtin[]

beforeAll(async () => {
  tool = await openOpa(await findOpa())
  const text = await readFile(join(packageRoot(), 'policies', 'capabilities.json'), 'utf8')
  listed = (JSON.parse(text) as { builtins: Builtin[] }).builtins
  known = (await allCapabilities(tool)).builtins
}, 300 * SECOND)

describe('capabilities.json', () => {
  it('lists every builtin that the engine supplies', () => {
    const names = new Set(listed.map(({ name }) => name))
    expect(HOST_BUILTINS.filter((name) => !names.has(name))).toEqual([])
  })

  it('lists only builtins that the engine has: a policy that calls them all loads', async () => {
    const calls = listed.filter(({ name }) => !NOT_CALLED.test(name)).map(callOf)
    const bundle = await compileRego(tool, [...calls, 'decision := count(answer)'].join('\n\n'))
    await expect(loadPolicy(bundle)).resolves.toBeDefined()
  })

  it('lists nothing that is nondeterministic, reaches out or asks the clock', () => {
    const flagged = new Set(known.filter(({ nondeterministic }) => nondeterministic).map(({ name }) => name))
    expect(flagged.has('http.send') && flagged.has('time.now_ns')).toBe(true)
    expect(listed.filter(({ name }) => flagged.has(name))).toEqual([])
  })
})

function callOf({ name, decl, relation }: Builtin): string {
  const args = (decl.args ?? []).map((_, index) => `input.argument_${index}`)
  const call = relation ? `${name}(${[...args, 'result'].join(', ')})` : `result := ${name}(${args.join(', ')})`
  return `answer["${name}"] := result if {\n\t${call}\n}`
}
