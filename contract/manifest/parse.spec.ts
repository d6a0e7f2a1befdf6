import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { parse } from 'jsonc-parser'
import { parseManifest } from './index.js'

interface Mutant {
  base: string
  op: 'set' | 'remove'
  at: string
  value?: unknown
  pointer: string
}
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
const pointers = (source: string | Uint8Array) => {
  const result = parseManifest(source)
  return result.ok ? [] : result.errors.map((error) => error.pointer)
}

/** The base with one fault put in. */
function mutate({ base, op, at, value }: Mutant): string {
  const document = parse(fixture(base), [], { allowTrailingComma: true })
  const keys = at.split('/').slice(1)
  const last = keys.pop() ?? ''
  const parent = keys.reduce((node, key) => node[key], document)
  if (op === 'remove') delete parent[last]
  else parent[last] = value
  return JSON.stringify(document)
}

describe('parseManifest', () => {
  it.each(['full-v2.json', 'minimal-v2.json', 'seed-expenseAI.jsonc'])('accepts %s as it stands', (name) => {
    expect(pointers(fixture(name))).toEqual([])
  })

  it('tells the form and fills in what the first form leaves open', () => {
    const result = parseManifest(fixture('seed-expenseAI.jsonc'))
    expect(result).toMatchObject({
      ok: true,
      form: 'v1',
      manifest: {
        manifest_version: 2,
        id: 'com.example.expenseAI',
        permissions: ['expense:read', 'expense:write', 'pii:unmask'],
        runtime: { kind: 'python' },
        billing: { model: 'usage', price_per_unit: { amount: '0.002', currency: 'USD' } },
        assets: { source_archive: 'build/artifacts/expenseAI_1.0.2.tar.gz' },
      },
    })
  })

  const mutants = JSON.parse(fixture('mutants.json')) as Mutant[]
  it('has at least 40 single faults to find', () => expect(mutants.length).toBeGreaterThanOrEqual(40))
  it.each(
    mutants.map(
      (mutant) => [`${mutant.op} ${mutant.at} = ${JSON.stringify(mutant.value)?.slice(0, 40)}`, mutant] as const,
    ),
  )('names the one fault: %s', (_title, mutant) => expect(pointers(mutate(mutant))).toEqual([mutant.pointer]))
})

describe('source of a manifest', () => {
  const minimal = fixture('minimal-v2.json')
  const withMetadata = (json: string) => minimal.replace(/\}\s*$/, `,"metadata":${json}}`)

  it('reads bytes, a byte-order mark and comments', () => {
    expect(pointers(new TextEncoder().encode(`\ufeff// ours\n${minimal}`))).toEqual([])
  })
  it.each([
    ['too many bytes', withMetadata(`{"a":"${'x'.repeat(66_000)}"}`), ''],
    ['nesting that would exhaust a recursive parser', '['.repeat(60_000), ''],
    ['no JSON', '{"id": }', ''],
    ['nothing', '', ''],
    ['a list', '[]', ''],
    ['a key given twice', minimal.replace('"name"', '"name": "First", "name"'), '/name'],
    ['__proto__', withMetadata('{"__proto__":{"isAdmin":true}}'), '/metadata/__proto__'],
    ['a lone surrogate in a value', withMetadata('{"a/b":"\\ud800"}'), '/metadata/a~1b'],
    ['a NUL in a key', withMetadata('{"a\\u0000":1}'), '/metadata/a\u0000'],
    ['metadata nested too deep', withMetadata('{"a":'.repeat(11) + '1' + '}'.repeat(11)), '/metadata'],
  ])('refuses %s', (_what, source, pointer) => expect(pointers(source)).toEqual([pointer]))

  it('refuses bytes that are not UTF-8', () => expect(pointers(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual(['']))

  it('answers any bytes and any JSON without throwing, and a refusal always says where', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json({ maxDepth: 6 }),
      fc.jsonValue().map((value) => withMetadata(JSON.stringify({ value }))),
      fc
        .tuple(fc.constantFrom(...Object.keys(JSON.parse(minimal) as object)), fc.jsonValue())
        .map(([field, value]) => JSON.stringify({ ...(JSON.parse(minimal) as object), [field]: value })),
    )
    fc.assert(
      fc.property(anything, (source) => {
        const result = parseManifest(source)
        if (!result.ok)
          expect(result.errors.every(({ pointer, detail }) => /^(\/|$)/.test(pointer) && detail.length > 0)).toBe(true)
        if (!result.ok) expect(result.errors.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })
})
