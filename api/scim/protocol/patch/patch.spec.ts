import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { QUIRKS } from '../quirks.js'
import type { Resource } from '../read-resource.js'
import { ScimError } from '../scim-error.js'
import { USERS } from '../schemas/resources.js'
import { applyPatch } from './apply.js'
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
const patched = (operations: unknown, profile: keyof typeof QUIRKS = 'generic', before = ANNA) =>
  applyPatch(before, readOperations({ schemas: [PATCH_OP], Operations: operations }), {
    definition: USERS,
    quirks: QUIRKS[profile],
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
    ['removes a part', [{ op: 'remove', path: 'name.givenName' }], { name: { familyName: 'Berg' } }],
    [
      'reaches into an extension by its URN',
      [{ op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' }],
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
