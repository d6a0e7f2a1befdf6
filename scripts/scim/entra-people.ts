import { ABSENT } from './shape.rules.js'
import { ENTERPRISE, filtered, get, idOf, listed, patch, post, put, refusal, USER, type Turn } from './turn.js'

export const NAME = 'Test_User_ab6490ee@entra-conversation.example'
const EXTERNAL = '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef'
const ANNA = {
  schemas: [USER, ENTERPRISE],
  ...{ externalId: EXTERNAL, userName: NAME, active: 'True', displayName: 'lennay' },
  emails: [{ primary: true, type: 'work', value: NAME }],
  meta: { resourceType: 'User' },
  name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
  roles: [],
}
const person = (body: object) => ({ status: 200, body })

const added: readonly Turn[] = [
  {
    name: 'tests the connection by a name that nobody has',
    ask: () => get(filtered('/Users', 'userName eq "6f0dcd6b-9a0c-4b33-8a4a-7b3b2d6d3c0a"')),
    answer: () => listed(),
  },
  {
    name: 'is told that it needs a token',
    ask: () => ({ ...get('/Users'), as: 'stranger' }),
    answer: () => refusal(401),
  },
  {
    name: 'reads the schemas',
    ask: () => get('/Schemas'),
    answer: () => ({ status: 200, body: { totalResults: 3 } }),
  },
  {
    name: 'looks by the identifier that it gave',
    ask: () => get(filtered('/Users', `externalId eq "${EXTERNAL}"`)),
    answer: () => listed(),
  },
  {
    name: 'adds a person, active in quotes',
    ask: () => post('/Users', ANNA),
    answer: () => ({
      status: 201,
      body: {
        id: /^[0-9a-f-]{36}$/,
        userName: NAME,
        externalId: EXTERNAL,
        active: true,
        name: ANNA.name,
        roles: ABSENT,
      },
    }),
    keep: { anna: idOf },
  },
  {
    name: 'adds the same person again',
    ask: () => post('/Users', ANNA),
    answer: () => refusal(409, { scimType: 'uniqueness' }),
  },
  {
    name: 'finds them by the identifier that it gave',
    ask: () => get(filtered('/Users', `externalId eq "${EXTERNAL}"`)),
    answer: ({ anna }) => listed({ id: anna }),
  },
  {
    name: 'finds them by name in other letters',
    ask: () => get(filtered('/Users', `userName eq "${NAME.toLowerCase()}"`)),
    answer: ({ anna }) => listed({ id: anna, emails: [{ type: 'work', value: NAME, primary: true }] }),
  },
]

const byPath: readonly Turn[] = [
  {
    name: 'replaces an address by its type, and a part of the name',
    ask: ({ anna }) =>
      patch(
        `/Users/${anna}`,
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updated@entra-conversation.example' },
        { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      ),
    answer: () =>
      person({
        emails: [{ type: 'work', value: 'updated@entra-conversation.example', primary: true }],
        name: { familyName: 'updatedFamilyName', givenName: 'givenName' },
      }),
  },
  {
    name: 'adds entries that are not there yet, by their type',
    ask: ({ anna }) =>
      patch(
        `/Users/${anna}`,
        { op: 'Add', path: 'emails[type eq "other"].value', value: 'second@entra-conversation.example' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
        { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Redmond' },
        { op: 'Add', path: 'addresses[type eq "work"].country', value: 'US' },
      ),
    answer: () =>
      person({
        emails: [{ type: 'work' }, { type: 'other', value: 'second@entra-conversation.example' }],
        phoneNumbers: [{ type: 'mobile', value: '+1 555 0100' }],
        addresses: [{ type: 'work', locality: 'Redmond', country: 'US' }],
      }),
  },
  {
    name: 'goes on behind brackets in a filter, for which RFC 7644 has no grammar',
    ask: () => get(filtered('/Users', 'emails[type eq "other"].value eq "second@entra-conversation.example"')),
    answer: () => refusal(400, { scimType: 'invalidFilter' }),
  },
  {
    name: 'finds them by an entry',
    ask: () => get(filtered('/Users', 'emails[type eq "other" and value eq "second@entra-conversation.example"]')),
    answer: ({ anna }) => listed({ id: anna }),
  },
  {
    name: 'removes an entry by its type',
    ask: ({ anna }) => patch(`/Users/${anna}`, { op: 'Remove', path: 'emails[type eq "other"]' }),
    answer: () => person({ emails: [{ type: 'work' }] }),
  },
  {
    name: 'gives and changes a role by booleans in quotes',
    ask: ({ anna }) =>
      patch(
        `/Users/${anna}`,
        { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Clerk' },
        { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Chief' },
      ),
    answer: () => person({ roles: [{ primary: true, value: 'Chief' }] }),
  },
  {
    name: 'adds roles as its complex mapping spells them',
    ask: ({ anna }) =>
      patch(`/Users/${anna}`, {
        ...{ op: 'Add', path: 'roles' },
        value: [{ value: '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1100"}' }],
      }),
    answer: () => person({ roles: [{ value: 'Chief' }, { value: /Role1100/ }] }),
  },
]

const others: readonly Turn[] = [
  {
    name: 'adds a manager',
    ask: () => post('/Users', { ...ANNA, externalId: 'manager', userName: 'manager@entra-conversation.example' }),
    answer: () => ({ status: 201, body: { active: true } }),
    keep: { manager: idOf },
  },
  {
    name: 'names the manager as a bare id',
    ask: ({ anna, manager }) => patch(`/Users/${anna}`, { op: 'Add', path: `${ENTERPRISE}:manager`, value: manager }),
    answer: ({ manager }) => person({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager: { value: manager } } }),
  },
  {
    name: 'changes much without a path, by names with dots and URNs',
    ask: ({ anna }) =>
      patch(`/Users/${anna}`, {
        op: 'Replace',
        value: {
          ...{ 'name.givenName': 'Anna', [`${ENTERPRISE}:department`]: 'Ops', displayName: 'Anna' },
          'emails[type eq "work"].value': 'work@entra-conversation.example',
        },
      }),
    answer: () =>
      person({
        ...{ name: { givenName: 'Anna', familyName: 'updatedFamilyName' }, displayName: 'Anna' },
        emails: [{ type: 'work', value: 'work@entra-conversation.example' }],
        [ENTERPRISE]: { department: 'Ops', manager: { value: /\S/ } },
      }),
  },
  {
    name: 'takes the manager away',
    ask: ({ anna }) => patch(`/Users/${anna}`, { op: 'Remove', path: `${ENTERPRISE}:manager` }),
    answer: () => person({ [ENTERPRISE]: { department: 'Ops', manager: ABSENT } }),
  },
  {
    name: 'changes the name to sign in by, and back',
    ask: ({ anna }) =>
      patch(
        `/Users/${anna}`,
        { op: 'Replace', path: 'userName', value: 'other@entra-conversation.example' },
        { op: 'Replace', path: 'userName', value: NAME },
      ),
    answer: () => person({ userName: NAME }),
  },
  {
    name: 'asks for what no schema has',
    ask: ({ anna }) => patch(`/Users/${anna}`, { op: 'Add', path: 'extensionAttribute1', value: 'x' }),
    answer: () => refusal(400, { scimType: 'invalidPath' }),
  },
  {
    name: 'replaces the person as a whole',
    ask: ({ anna }) => put(`/Users/${anna}`, { ...ANNA, id: anna }),
    answer: () => person({ active: true, displayName: 'lennay', [ENTERPRISE]: ABSENT, phoneNumbers: ABSENT }),
  },
]

export const entraPeople = [...added, ...byPath, ...others]
