import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fulfils } from '../protocol/filter/evaluate.js'
import { parseFilter } from '../protocol/filter/parse.js'
import type { Resource } from '../protocol/read-resource.js'
import { USERS } from '../protocol/schemas/resources.js'
import { scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let people: Resource[]
let acme: Connection

const TEXTS = ['ana', 'Ana', 'bo', 'ä%_\\', "o'neil", 'x y', ''] as const
const any = (values: readonly unknown[], index: number): unknown => values[index % values.length]

/** Somebody with this and that, by a number. */
const person = (index: number): object => ({
  ...(index % 3 !== 0 && { displayName: any(TEXTS, index) }),
  ...(index % 4 !== 0 && { name: { givenName: any(TEXTS, index + 1), familyName: any(TEXTS, index + 2) } }),
  ...(index % 2 === 0 && {
    emails: [
      {
        value: `${any(['a', 'B', 'c'], index)}@x.example`,
        type: any(['work', 'home'], index >> 1),
        primary: index % 8 === 0,
      },
      ...(index % 6 === 0 ? [{ value: 'second@y.example', type: 'other' }] : []),
    ],
  }),
  ...(index % 5 === 0 && { externalId: `Ext-${index}` }),
  active: index % 7 !== 0,
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
    department: any(TEXTS, index + 3),
    employeeNumber: `${index}`,
  },
})

beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  const ids: string[] = []
  for (let index = 0; index < 40; index++)
    ids.push((await acme.user(`${index % 2 ? 'P' : 'p'}erson${index}@filter.example`, person(index))).id)
  await acme.group(
    'Filtered',
    ids.filter((_, index) => index % 3 === 0),
  )
  people = (await acme.ask('GET', '/Users?count=1000')).body.Resources
}, 120_000)
afterAll(() => world?.stop())

const text = fc
  .constantFrom(...TEXTS, 'work', 'x.example', 'person1', 'Ext-5', '7', 'filtered')
  .map((value) => JSON.stringify(value))
const TEXT_PATHS = [
  'userName',
  'displayName',
  'externalId',
  'name.givenName',
  'emails.value',
  'emails',
  'emails.type',
  'groups.display',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'meta.resourceType',
]
const compare = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
const atom = fc.oneof(
  fc.tuple(fc.constantFrom(...TEXT_PATHS), compare, text).map((parts) => parts.join(' ')),
  fc.constantFrom(...TEXT_PATHS, 'name', 'active', 'emails.primary', 'nickName').map((path) => `${path} pr`),
  fc
    .tuple(fc.constantFrom('active', 'emails.primary'), fc.constantFrom('eq', 'ne'), fc.constantFrom('true', 'false'))
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('displayName', 'externalId', 'emails'), fc.constantFrom('eq', 'ne'))
    .map(([path, op]) => `${path} ${op} null`),
  fc
    .tuple(fc.constantFrom('work', 'home', 'OTHER'), compare, text)
    .map(([type, op, value]) => `emails[type eq "${type}" and value ${op} ${value}]`),
)
const { filter } = fc.letrec<{ filter: string; joined: string; negated: string }>((tie) => ({
  filter: fc.oneof({ maxDepth: 4 }, atom, tie('joined'), tie('negated')),
  joined: fc
    .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
    .map(([a, op, b]) => `(${a}) ${op} (${b})`),
  negated: tie('filter').map((inner) => `not (${inner})`),
}))

describe('filters in SQL', () => {
  it('find those whom the model finds', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (said) => {
        const condition = parseFilter(said, USERS)
        const wanted = people.filter((each) => fulfils(condition, each)).map(({ id }) => id)
        const { status, body } = await acme.ask('GET', `/Users?count=1000&filter=${encodeURIComponent(said)}`)
        expect([said, status, body.Resources?.map(({ id }: { id: string }) => id)]).toEqual([said, 200, wanted])
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it.each(['ΟΔΟΣ', 'İpek', 'straẞe'])('fold both sides by one folding: %s', async (name) => {
    const { id } = await acme.user(`${name}@folding.example`, { displayName: name, emails: [{ value: name }] })
    for (const path of ['displayName', 'emails.value', 'userName']) {
      const said = encodeURIComponent(`${path} sw ${JSON.stringify(name)}`)
      const { body } = await acme.ask('GET', `/Users?filter=${said}`)
      expect([path, body.Resources.map((each: { id: string }) => each.id)]).toEqual([path, [id]])
    }
  })
})
