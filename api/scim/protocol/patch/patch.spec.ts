import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { keepImmutable, readReplacement } from '../immutable.js'
import { project, projectionOf } from '../projection.js'
import { QUIRKS } from '../quirks.js'
import { readResource, type Resource } from '../read-resource.js'
import { ScimError } from '../scim-error.js'
import { attribute } from '../schemas/definition.js'
import { GROUPS, USERS, usersWith } from '../schemas/resources.js'
import { applyPatch } from './apply.js'
import { merged } from './entries.js'
import { splitMembers } from './members.js'
import { readOperations } from './operations.js'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const ANNA: Resource = {
  userName: 'anna',
  active: true,
  name: { givenName: 'Anna', familyName: 'Berg' },
  emails: [{ value: 'a@work.example', type: 'work', primary: true }],
}
const BADGE = 'urn:example:badge'
/** People with an extension that has what no attribute of the RFC is. */
const BADGED = usersWith([
  {
    ...{ id: BADGE, name: 'Badge', description: '' },
    attributes: [
      attribute('number', 'string', '', { mutability: 'immutable' }),
      attribute('expires', 'dateTime', ''),
      attribute('doors', 'string', '', { multiValued: true }),
      attribute('chip', 'complex', '', {
        subAttributes: [
          attribute('serial', 'string', '', { mutability: 'immutable' }),
          attribute('colour', 'string', ''),
          attribute('pin', 'string', '', { returned: 'never' }),
        ],
      }),
    ],
  },
])
const EVA: Resource = {
  userName: 'eva',
  [BADGE]: { number: '7', doors: ['north', 'south'], chip: { serial: 'x', colour: 'red', pin: '1' } },
}
const badged = (...operations: unknown[]) =>
  applyPatch(EVA, readOperations({ schemas: [PATCH_OP], Operations: operations }), {
    definition: BADGED,
    quirks: QUIRKS.generic,
  })
const refused = (scimType: string) => expect.objectContaining({ scimType })
const patched = (operations: unknown, profile: keyof typeof QUIRKS = 'generic', before = ANNA) =>
  applyPatch(before, readOperations({ schemas: [PATCH_OP], Operations: operations }), {
    definition: USERS,
    quirks: QUIRKS[profile],
  })

const add = (name: string, count: number) => ({
  ...{ op: 'add', path: 'emails' },
  value: Array.from({ length: count }, (_, index) => ({ value: `${name}${index}@x` })),
})

describe('a patch', () => {
  it.each<[string, unknown[], Resource, (keyof typeof QUIRKS)?]>([
    ['replaces one attribute', [{ op: 'replace', path: 'displayName', value: 'A' }], { displayName: 'A' }],
    [
      'takes a set of attributes without a path',
      [{ op: 'Replace', value: { active: false, 'name.givenName': 'An' } }],
      { active: false, name: { givenName: 'An', familyName: 'Berg' } },
    ],
    [
      'keeps the parts of a name that it does not say',
      [{ op: 'replace', path: 'name', value: { givenName: 'An' } }],
      { name: { givenName: 'An', familyName: 'Berg' } },
    ],
    [
      'adds an entry once',
      [
        { op: 'add', path: 'emails', value: [{ value: 'b@x' }] },
        { op: 'add', path: 'emails', value: [{ value: 'b@x' }] },
      ],
      { emails: [...(ANNA['emails'] as []), { value: 'b@x' }] },
    ],
    [
      'leaves one primary entry',
      [{ op: 'add', path: 'emails', value: { value: 'b@x', primary: true } }],
      {
        emails: [
          { value: 'a@work.example', type: 'work', primary: false },
          { value: 'b@x', primary: true },
        ],
      },
    ],
    [
      'changes the entry that its filter names',
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'n@x' }],
      { emails: [{ value: 'n@x', type: 'work', primary: true }] },
    ],
    [
      'makes an entry that is not there',
      [{ op: 'add', path: 'emails[type eq "home"].value', value: 'h@x' }],
      { emails: [...(ANNA['emails'] as []), { type: 'home', value: 'h@x' }] },
      'entra',
    ],
    ['removes an entry', [{ op: 'remove', path: 'emails[type eq "work"]' }], { emails: undefined }],
    [
      'adds to an entry that is there what is said beyond it',
      [{ op: 'add', path: 'emails', value: [{ value: 'a@work.example', type: 'work', display: 'A' }] }],
      { emails: [{ value: 'a@work.example', type: 'work', primary: true, display: 'A' }] },
    ],
    [
      'leaves one primary entry where the one that was is said again',
      [
        {
          op: 'add',
          path: 'emails',
          value: [
            { value: 'a@work.example', type: 'work' },
            { value: 'b@x', primary: true },
          ],
        },
      ],
      {
        emails: [
          { value: 'a@work.example', type: 'work', primary: false },
          { value: 'b@x', primary: true },
        ],
      },
    ],
    ['makes no entry of null', [{ op: 'add', path: 'emails[type eq "home"].value', value: null }], {}],
    ['makes no entry of nothing', [{ op: 'add', path: 'emails[type eq "home"]', value: [] }], {}],
    ['makes no entry of a part that is null', [{ op: 'add', path: 'phoneNumbers.value', value: null }], {}],
    [
      'finds and makes entries by booleans in quotes',
      [
        { op: 'add', path: 'roles[primary eq "True"].value', value: 'Clerk' },
        { op: 'replace', path: 'roles[primary eq "True"].value', value: 'Chief' },
      ],
      { roles: [{ primary: true, value: 'Chief' }] },
      'entra',
    ],
    [
      'takes the whole person by the URN of its schema',
      [{ op: 'replace', path: USERS.core.id, value: { displayName: 'A' } }],
      { displayName: 'A' },
    ],
    ['removes a part', [{ op: 'remove', path: 'name.givenName' }], { name: { familyName: 'Berg' } }],
    [
      'reaches into an extension by its URN',
      [{ op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' }],
      { [ENTERPRISE]: { department: 'Ops' } },
    ],
    [
      'passes over the schema that some name within an extension',
      [{ op: 'add', path: ENTERPRISE, value: { schemas: [ENTERPRISE], department: 'Ops' } }],
      { [ENTERPRISE]: { department: 'Ops' } },
    ],
    [
      'takes names with dots and URNs without a path',
      [{ op: 'Add', value: { [`${ENTERPRISE}:manager`]: '7', active: 'False' } }],
      { active: false, [ENTERPRISE]: { manager: { value: '7' } } },
      'entra',
    ],
  ])('%s', (_, operations, expected, profile = 'generic') => {
    const { emails, ...rest } = { ...ANNA, ...expected }
    expect(patched(operations, profile)).toEqual({ ...rest, ...(emails === undefined ? {} : { emails }) })
  })

  it.each<[string, unknown, string]>([
    ['an unknown attribute', [{ op: 'add', path: 'shoeSize', value: 4 }], 'invalidPath'],
    ['a prototype', [{ op: 'add', path: '__proto__.isAdmin', value: true }], 'invalidPath'],
    ['a prototype without a path', [JSON.parse('{"op":"add","value":{"__proto__":{"isAdmin":true}}}')], 'invalidPath'],
    ['what is read-only', [{ op: 'replace', path: 'id', value: 'x' }], 'mutability'],
    ['what is required', [{ op: 'remove', path: 'userName' }], 'mutability'],
    ['a removal of nothing', [{ op: 'remove' }], 'noTarget'],
    ['an entry that is not there', [{ op: 'remove', path: 'emails[type eq "fax"]' }], 'noTarget'],
    ['a boolean as a string', [{ op: 'replace', path: 'active', value: 'False' }], 'invalidValue'],
    ['a wrong type', [{ op: 'replace', path: 'userName', value: 4 }], 'invalidValue'],
    ['an unknown operation', [{ op: 'move', path: 'userName', value: 'x' }], 'invalidSyntax'],
    ['a broken path', [{ op: 'add', path: 'emails[type eq "work"', value: 'x' }], 'invalidPath'],
    [
      'an entry that would not fulfil its filter',
      [{ op: 'add', path: 'emails[type co "fax"].value', value: 'x' }],
      'noTarget',
    ],
    [
      'two primary entries',
      [
        { op: 'add', path: 'emails', value: [{ value: 'b@x' }] },
        { op: 'replace', path: 'emails.primary', value: true },
      ],
      'invalidValue',
    ],
    ['a list that grows too long', [add('a', 600), add('b', 600)], 'invalidValue'],
    ['a removal by no value', [{ op: 'remove', path: 'emails', value: [{ type: 'work' }] }], 'invalidValue'],
    ['a person in a person', [{ op: 'add', value: { [USERS.core.id]: { [USERS.core.id]: {} } } }], 'invalidPath'],
    ['a broken filter', [{ op: 'add', path: 'emails[type is "work"].value', value: 'x' }], 'invalidFilter'],
  ])('refuses %s', (_, operations, scimType) => {
    const before = structuredClone(ANNA)
    expect(() => patched(operations)).toThrow(expect.objectContaining({ scimType }))
    expect(() => patched([{ op: 'replace', path: 'displayName', value: 'gone' }, ...(operations as [])])).toThrow(
      ScimError,
    )
    expect(ANNA).toEqual(before)
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  it('refuses no operation', () => {
    expect(() => patched([])).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }))
  })

  it('removes values of a list of strings', () => {
    const after = badged({ op: 'remove', path: `${BADGE}:doors`, value: ['north'] })
    expect(after[BADGE]).toEqual({ ...(EVA[BADGE] as object), doors: ['south'] })
  })

  it('looks at each entry of a long list but a few times when others are added', () => {
    let looks = 0
    const seen = (entry: Resource): Resource =>
      new Proxy(entry, { get: (of, name) => ((looks += 1), Reflect.get(of, name) as unknown) })
    const many = (name: string) => add(name, 500).value.map(seen)
    expect(merged(many('a'), many('b'))).toHaveLength(1_000)
    expect(looks).toBeLessThan(20_000)
  })

  it('takes the members of a group apart by the URN of its schema, and people alone', () => {
    const split = (...Operations: object[]) =>
      splitMembers(readOperations({ schemas: [PATCH_OP], Operations }), QUIRKS.generic)
    const members = [{ value: '1', type: 'User' }]
    const steps = [{ kind: 'add', ids: ['1'] }]
    const { id } = GROUPS.core
    expect(split({ op: 'add', path: id, value: { members } })).toEqual({ steps, rest: [] })
    expect(split({ op: 'add', path: `${id}:members`, value: members })).toEqual({ steps, rest: [] })
    expect(split({ op: 'add', value: { [id]: { members } } })).toEqual({ steps, rest: [] })
    expect(() => split({ op: 'add', value: { [id]: { [id]: { members } } } })).toThrow(refused('invalidPath'))
    expect(() => split({ op: 'add', path: 'members', value: [{ value: '1', type: 'Group' }] })).toThrow(
      refused('invalidValue'),
    )
  })

  it('takes the members of a group apart, in every spelling of removing one', () => {
    const operations = readOperations({
      schemas: [PATCH_OP],
      Operations: [
        { op: 'Add', path: 'members', value: [{ value: '1' }, { value: '2' }] },
        { op: 'Remove', path: 'members', value: [{ value: '1' }] },
        { op: 'remove', path: 'members[value eq "2"]' },
        { op: 'replace', value: { displayName: 'Ops', members: [{ value: '3' }] } },
        { op: 'remove', path: 'members' },
      ],
    })
    expect(splitMembers(operations, QUIRKS.entra)).toEqual({
      steps: [
        { kind: 'add', ids: ['1', '2'] },
        { kind: 'remove', ids: ['1'] },
        { kind: 'remove', ids: ['2'] },
        { kind: 'replace', ids: ['3'] },
        { kind: 'clear' },
      ],
      rest: [{ op: 'replace', path: 'displayName', value: 'Ops' }],
    })
  })
})

describe('what is immutable', () => {
  it.each<[string, unknown]>([
    ['is not replaced', { op: 'replace', path: `${BADGE}:number`, value: '8' }],
    ['is not removed', { op: 'remove', path: `${BADGE}:number` }],
    ['does not go with its extension', { op: 'remove', path: BADGE }],
    ['stays in a complex value', { op: 'replace', path: `${BADGE}:chip.serial`, value: 'y' }],
  ])('%s', (_, operation) => expect(() => badged(operation)).toThrow(refused('mutability')))

  it('may be said again, set once, and go with the value that it is a part of', () => {
    expect(badged({ op: 'replace', path: `${BADGE}:number`, value: '7' })).toEqual(EVA)
    expect(badged({ op: 'remove', path: `${BADGE}:chip` })[BADGE]).toEqual({ number: '7', doors: ['north', 'south'] })
    expect(() => keepImmutable(BADGED, { userName: 'eva' }, EVA)).not.toThrow()
  })

  it('stays in a PUT', () => {
    const put = (number: string) =>
      readReplacement(
        { schemas: [USERS.core.id, BADGE], userName: 'eva', [BADGE]: { number, chip: { serial: 'x' } } },
        { definition: BADGED, quirks: QUIRKS.generic },
      )
    expect(put('7')(EVA)).toEqual({ userName: 'eva', [BADGE]: { number: '7', chip: { serial: 'x' } } })
    expect(() => put('8')(EVA)).toThrow(refused('mutability'))
  })
})

describe('a resource', () => {
  const CORE = USERS.core.id
  const read = (more: object, profile: keyof typeof QUIRKS = 'generic') =>
    readResource({ schemas: [CORE], userName: 'eva', ...more }, BADGED, QUIRKS[profile])

  it.each<[string, object, string]>([
    ['schemas of lists', { schemas: JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) }, 'invalidValue'],
    ['schemas without its own', { schemas: [ENTERPRISE] }, 'invalidSyntax'],
    ['schemas of others', { schemas: [CORE, 'http://schemas.microsoft.com/2006/11/X'] }, 'invalidValue'],
    ['what stands under the URN of its own schema', { [CORE]: { displayName: 'E' } }, 'invalidSyntax'],
    ['an extension said twice', { [BADGE]: { number: '1' }, [BADGE.toUpperCase()]: { number: '2' } }, 'invalidSyntax'],
    ['text with NUL', { displayName: 'a\u0000' }, 'invalidValue'],
    ['schemas with a lone surrogate', { schemas: [CORE, '\ud800'] }, 'invalidValue'],
    ['a day that no month has', { [BADGE]: { expires: '2026-02-30T00:00:00Z' } }, 'invalidValue'],
    ['the year 0', { [BADGE]: { expires: '0000-01-01T00:00:00Z' } }, 'invalidValue'],
    ['a day without a time', { [BADGE]: { expires: '2026-02-01' } }, 'invalidValue'],
    ['a list too long', { emails: add('e', 1_001).value }, 'invalidValue'],
  ])('refuses %s', (_, more, scimType) => expect(() => read(more)).toThrow(refused(scimType)))

  it('says a moment in UTC', () =>
    expect(read({ [BADGE]: { expires: '2026-02-01T01:00:00+01:00' } })[BADGE]).toEqual({
      expires: '2026-02-01T00:00:00.000Z',
    }))

  it('passes over the schema that Entra names beside that of groups', () => {
    const schemas = [GROUPS.core.id, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group']
    const group = { schemas, displayName: 'Ops' }
    expect(readResource(group, GROUPS, QUIRKS.entra)).toEqual({ displayName: 'Ops' })
    expect(() => readResource(group, GROUPS, QUIRKS.okta)).toThrow(refused('invalidValue'))
  })

  it('quotes nothing that no database keeps', () => {
    const error = new ScimError(400, `there is no attribute a\u0000b\ud800${'x'.repeat(5_000)}`)
    expect(error.detail).toMatch(/^there is no attribute a\ufffdb\ufffdx+$/)
    expect(error.detail).toHaveLength(1_000)
  })

  it.each([BADGE, `${BADGE}:chip`])('never answers what is never returned: %s', (asked) => {
    const answered = project(EVA, BADGED, projectionOf({ attributes: [asked] }, BADGED))
    expect(answered[BADGE]).toMatchObject({ chip: { serial: 'x', colour: 'red' } })
    expect(JSON.stringify(answered)).not.toContain('pin')
  })
})

/** The same operations on a plain model: a map of texts, and a list of addresses told apart by their type. */
interface Model {
  readonly texts: Map<string, string>
  emails: { type: string; value: string }[]
}
interface Step {
  readonly operation: unknown
  readonly model: (model: Model) => boolean
}
const TEXTS = ['displayName', 'title', 'nickName', 'locale'] as const
const text = fc.constantFrom(...TEXTS)
const value = fc.stringMatching(/^[a-z]{1,3}$/)
const type = fc.constantFrom('work', 'home')
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ name: text, said: value, op: fc.constantFrom('add', 'replace') }).map(({ name, said, op }): Step => ({
    operation: { op, path: name.toUpperCase(), value: said },
    model: ({ texts }) => (texts.set(name, said), true),
  })),
  fc.record({ name: text }).map(({ name }): Step => ({
    operation: { op: 'remove', path: name },
    model: ({ texts }) => (texts.delete(name), true),
  })),
  fc.record({ of: type, said: value }).map(({ of, said }): Step => ({
    operation: { op: 'add', path: 'emails', value: [{ type: of, value: said }] },
    model: (model) => {
      if (!model.emails.some((each) => each.type === of && each.value === said))
        model.emails.push({ type: of, value: said })
      return true
    },
  })),
  fc.record({ of: type }).map(({ of }): Step => ({
    operation: { op: 'remove', path: `emails[type eq "${of}"]` },
    model: (model) => {
      const left = model.emails.filter((each) => each.type !== of)
      if (left.length === model.emails.length) return false
      model.emails = left
      return true
    },
  })),
  fc.record({ of: type, said: value }).map(({ of, said }): Step => ({
    operation: { op: 'replace', path: `emails[type eq "${of}"].value`, value: said },
    model: (model) => {
      if (!model.emails.some((each) => each.type === of)) model.emails.push({ type: of, value: said })
      else model.emails = model.emails.map((each) => (each.type === of ? { ...each, value: said } : each))
      return true
    },
  })),
)

describe('random patches', () => {
  it('do to a person what they do to a plain model, all of them or none', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.array(fc.array(steps, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (requests) => {
        let person: Resource = { userName: 'anna' }
        let model: Model = { texts: new Map(), emails: [] }
        for (const request of requests) {
          const next: Model = { texts: new Map(model.texts), emails: [...model.emails] }
          const isFine = request.every((step) => step.model(next))
          if (isFine) {
            person = patched(
              request.map(({ operation }) => operation),
              'generic',
              person,
            )
            model = next
          } else {
            refused += 1
            const before = structuredClone(person)
            expect(() =>
              patched(
                request.map(({ operation }) => operation),
                'generic',
                person,
              ),
            ).toThrow(ScimError)
            expect(person).toEqual(before)
          }
          const emails = model.emails.length > 0 ? { emails: model.emails } : {}
          expect(person).toEqual({ userName: 'anna', ...Object.fromEntries(model.texts), ...emails })
        }
      }),
      { numRuns: 500 },
    )
    expect(refused).toBeGreaterThan(20)
  })
})
