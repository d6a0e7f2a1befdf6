import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { QUIRKS } from '../quirks.js'
import { ScimError } from '../scim-error.js'
import { attribute } from '../schemas/definition.js'
import { attributeNamed, USERS, usersWith } from '../schemas/resources.js'
import { fulfils } from './evaluate.js'
import { parseEntryFilter, parseFilter } from './parse.js'

const ANNA = {
  userName: 'Anna@Example.com',
  externalId: 'A-1',
  name: { familyName: 'Berg "the hill"', givenName: 'Anna' },
  active: true,
  emails: [
    { value: 'anna@work.example', type: 'work', primary: true },
    { value: 'anna@home.example', type: 'home' },
  ],
  meta: { created: '2026-01-31T09:00:00.000Z' },
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Ops', manager: { $ref: '../Users/7' } },
}
const holds = (filter: string): boolean => fulfils(parseFilter(filter, USERS), ANNA)

describe('a filter', () => {
  it.each([
    'userName eq "anna@example.com"',
    'USERNAME Eq "ANNA@example.com"',
    'userName sw "anna" and userName co "@" and userName ew ".COM"',
    'externalId eq "A-1"',
    String.raw`name.familyName eq "Berg \"the hill\""`,
    String.raw`name.familyName co "the hill"`,
    'emails[type eq "work" and value co "@work"]',
    'emails.value eq "anna@home.example"',
    'emails co "home"',
    'emails.type ne "other"',
    'not (active eq false) and (userName pr)',
    'userName eq "nobody" or active eq true and externalId pr',
    'nickName eq null',
    'nickName ne "Annie"',
    'meta.created ge "2026-01-31T10:00:00+01:00"',
    'meta.created lt "2026-02-01"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "anna@example.com"',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "ops"',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.$ref ew "7"',
  ])('holds: %s', (filter) => expect(holds(filter)).toBe(true))

  it.each([
    'externalId eq "a-1"',
    'emails[type eq "work" and value co "@home"]',
    'not (userName pr)',
    'nickName pr',
    'userName eq null',
    'meta.created gt "2026-01-31T09:00:00Z"',
  ])('does not hold: %s', (filter) => expect(holds(filter)).toBe(false))

  it.each([
    ['', 'invalidFilter'],
    ['userName', 'invalidFilter'],
    ['userName eq anna', 'invalidFilter'],
    ['userName eq "a" nonsense', 'invalidFilter'],
    ['userName eq "a', 'invalidFilter'],
    ['userName like "a"', 'invalidFilter'],
    ['shoeSize eq 4', 'invalidFilter'],
    ['active eq "true"', 'invalidFilter'],
    ['active gt true', 'invalidFilter'],
    ['name eq "Anna"', 'invalidFilter'],
    ['meta.created gt "yesterday"', 'invalidFilter'],
    ['meta.created gt "2026-02-30"', 'invalidFilter'],
    ['meta.created gt "0000-01-01"', 'invalidFilter'],
    ['meta.created gt "2026-01-31T09:00:00+99:00"', 'invalidFilter'],
    ['meta.created co "2026"', 'invalidFilter'],
    ['meta.created sw "2026-01-31T09:00:00Z"', 'invalidFilter'],
    ['not userName pr', 'invalidFilter'],
    ['not active eq false and userName pr', 'invalidFilter'],
    ['emails[type eq "work"].value eq "x"', 'invalidFilter'],
    ['userName eq "\u0000"', 'invalidFilter'],
    [String.raw`userName eq "a\u0000"`, 'invalidFilter'],
    [String.raw`userName co "\ud800"`, 'invalidFilter'],
    ['__proto__ pr', 'invalidFilter'],
    ['constructor.name pr', 'invalidFilter'],
    [`${'('.repeat(5_000)}userName pr${')'.repeat(5_000)}`, 'invalidFilter'],
    [`${'('.repeat(33)}userName pr${')'.repeat(33)}`, 'invalidFilter'],
    [`userName eq "${'x'.repeat(5_000)}"`, 'invalidFilter'],
    ['password eq "guess"', 'sensitive'],
  ])('is refused: %.60s', (filter, scimType) => {
    expect(() => parseFilter(filter, USERS)).toThrow(ScimError)
    expect(() => parseFilter(filter, USERS)).toThrow(expect.objectContaining({ scimType }))
  })

  it('has numbers below zero before other words, and none too large', () => {
    const urn = 'urn:example:badge'
    const badge = { id: urn, name: 'Badge', description: '', attributes: [attribute('level', 'integer', '')] }
    const users = usersWith([badge])
    const [filter, person] = [`${urn}:level gt -5 and userName pr`, { ...ANNA, [urn]: { level: -4 } }]
    expect(fulfils(parseFilter(filter, users), person)).toBe(true)
    expect(fulfils(parseFilter(`(${urn}:level le -5)`, users), person)).toBe(false)
    expect(() => parseFilter(`${urn}:level gt 1e999`, users)).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter' }),
    )
  })

  it('has booleans as strings in brackets where the client is known to spell them so', () => {
    const roles = attributeNamed(USERS.core.attributes, 'roles')!
    const primary = parseEntryFilter('primary eq "True"', roles, QUIRKS.entra)
    expect([fulfils(primary, { primary: true }), fulfils(primary, { primary: false })]).toEqual([true, false])
    expect(() => parseEntryFilter('primary eq "yes"', roles, QUIRKS.entra)).toThrow(ScimError)
    expect(() => parseEntryFilter('primary eq "True"', roles, QUIRKS.okta)).toThrow(ScimError)
  })

  it('is read or refused, whatever it is', () => {
    const words = fc.constantFrom(
      'userName',
      'emails',
      '[',
      ']',
      '(',
      ')',
      'eq',
      'pr',
      'and',
      'not',
      '"a"',
      '.',
      '$ref',
      'true',
      '1e9',
      '\\',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (filter) => {
          try {
            fulfils(parseFilter(filter, USERS), ANNA)
          } catch (error) {
            expect(error).toBeInstanceOf(ScimError)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

/** A filter in words, and what it says of a person, told by other means. */
interface Said {
  readonly text: string
  readonly holds: (person: Person) => boolean
}
interface Person {
  readonly userName: string
  readonly title?: string
  readonly active: boolean
  readonly emails: readonly { readonly value: string; readonly type: string }[]
}

const word = fc.stringMatching(/^[a-cA-C"\\]{1,3}$/)
const OPS = {
  eq: (a: string, b: string) => a === b,
  co: (a: string, b: string) => a.split(b).length > 1,
  sw: (a: string, b: string) => a.slice(0, b.length) === b,
  ew: (a: string, b: string) => a.slice(Math.max(a.length - b.length, 0)) === b,
}
const op = fc.constantFrom(...(Object.keys(OPS) as (keyof typeof OPS)[]))
const compared = (name: string, read: (person: Person) => readonly string[]): fc.Arbitrary<Said> =>
  fc.record({ op, right: word }).map(({ op: by, right }) => ({
    text: `${name} ${by} ${JSON.stringify(right)}`,
    holds: (person) => read(person).some((left) => OPS[by](left.toLowerCase(), right.toLowerCase())),
  }))
const entry = fc.record({ by: op, right: word, type: word }).map(({ by, right, type }): Said => ({
  text: `emails[value ${by} ${JSON.stringify(right)} and type eq ${JSON.stringify(type)}]`,
  holds: ({ emails }) =>
    emails.some(
      (each) =>
        OPS[by](each.value.toLowerCase(), right.toLowerCase()) && each.type.toLowerCase() === type.toLowerCase(),
    ),
}))
const present: Said = { text: 'title pr', holds: ({ title }) => title !== undefined }
const active = fc.boolean().map((is): Said => ({ text: `active eq ${is}`, holds: (person) => person.active === is }))

const { filter: anyFilter } = fc.letrec<{ filter: Said }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    compared('userName', ({ userName }) => [userName]),
    compared('title', ({ title }) => (title === undefined ? [] : [title])),
    compared('emails.value', ({ emails }) => emails.map(({ value }) => value)),
    entry,
    fc.constant(present),
    active,
    tie('filter').map((part): Said => ({ text: `not (${part.text})`, holds: (person) => !part.holds(person) })),
    fc.tuple(tie('filter'), tie('filter')).map(([a, b]): Said => ({
      text: `(${a.text}) and (${b.text})`,
      holds: (person) => a.holds(person) && b.holds(person),
    })),
    // Without parentheses: `and` binds before `or`.
    fc.tuple(entry, active, entry).map(([a, b, c]): Said => ({
      text: `${a.text} or ${b.text} and ${c.text}`,
      holds: (person) => a.holds(person) || (b.holds(person) && c.holds(person)),
    })),
  ),
}))
const anyPerson: fc.Arbitrary<Person> = fc.record(
  {
    userName: word,
    title: word,
    active: fc.boolean(),
    emails: fc.array(fc.record({ value: word, type: word }), { maxLength: 3 }),
  },
  { requiredKeys: ['userName', 'active', 'emails'] },
)

describe('random filters', () => {
  it('say of random people what a brute-force reading says', () => {
    let held = 0
    fc.assert(
      fc.property(anyFilter, anyPerson, (said, person) => {
        const does = fulfils(parseFilter(said.text, USERS), person)
        held += does ? 1 : 0
        expect(does).toBe(said.holds(person))
      }),
      { numRuns: 3_000 },
    )
    expect(held).toBeGreaterThan(300)
  })
})
