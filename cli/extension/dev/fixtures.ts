import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ENDPOINT_METHODS } from '#contract/manifest/endpoints.js'
import { Content, Surroundings } from '#sdk/test-kit/surroundings.schema.js'

export const FIXTURES_FOLDER = 'fixtures'

/** A request that is at hand under a name. */
const FixtureRequest = z.strictObject({
  method: z.enum(ENDPOINT_METHODS).default('GET'),
  path: z.string().max(16_384).regex(/^\//, { error: 'must begin with /' }),
  headers: z.record(z.string(), z.string()).default({}),
  body: Content.default(''),
})
export type FixtureRequest = z.infer<typeof FixtureRequest>

/** One file below `fixtures/`: what is around the extension, and requests to it. Everything may be left out. */
export const Fixture = Surroundings.extend({
  requests: z
    .record(z.string().max(100), FixtureRequest)
    .default({})
    .describe('By name: gatehouse ext dev answers /_fixtures/NAME'),
})
export type Fixture = z.infer<typeof Fixture>

/** A fixture that is wrong: the file, and each wrong place by its JSON Pointer. */
export class FixtureWrong extends Error {}

/** The JSON Schema of a fixture, for editors. */
export const fixtureSchema = (): object => z.toJSONSchema(Fixture, { io: 'input', target: 'draft-2020-12' })

const readOne = (path: string): Partial<z.input<typeof Fixture>> => {
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8')) ?? {}
  } catch (error) {
    throw new FixtureWrong(`${path}: ${(error as Error).message}`)
  }
  const parsed = Fixture.safeParse(value)
  if (parsed.success) return value as Partial<z.input<typeof Fixture>>
  const wrong = parsed.error.issues.map((issue) => `  /${issue.path.join('/')}: ${issue.message}`)
  throw new FixtureWrong(`${path} is no fixture:\n${wrong.join('\n')}`)
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists one after another, members beside each other; of anything else the later one counts. */
const joined = (before: unknown, after: unknown): unknown => {
  if (Array.isArray(before) && Array.isArray(after)) return [...(before as unknown[]), ...(after as unknown[])]
  return isPlain(before) && isPlain(after) ? { ...before, ...after } : after
}

/** All fixtures of an extension as one, in the order of their names. Raises `FixtureWrong`. */
export const readFixtures = async (extension: string): Promise<Fixture> => {
  const folder = join(extension, FIXTURES_FOLDER)
  if (!existsSync(folder)) return Fixture.parse({})
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).toSorted()
  const all: Record<string, unknown> = {}
  for (const name of names)
    for (const [key, value] of Object.entries(readOne(join(folder, name))))
      all[key] = key in all ? joined(all[key], value) : value
  return Fixture.parse(all)
}
