import { ABSENT } from './shape.rules.js'
import { by, filtered, get, idOf, listed, patch, post, put, refusal, USER, type Turn } from './turn.js'

const NAME = 'anna.berg@okta-conversation.example'
const PAGE = '&startIndex=1&count=100'
/** As Okta's integration guide has it, with the password that it sends where somebody turned that on. */
const ANNA = {
  ...{ schemas: [USER], userName: NAME, displayName: 'Anna Berg', locale: 'en-US', externalId: '00ujl29u0le5T6Aj10h7' },
  name: { givenName: 'Anna', familyName: 'Berg' },
  emails: [{ primary: true, value: NAME, type: 'work' }],
  ...{ groups: [], password: '1mz050nq', active: true },
}

/** Finding nobody, adding somebody, and finding them. */
const added: readonly Turn[] = [
  {
    name: 'is told that it needs a token',
    ask: () => by('stranger', get('/Users?startIndex=1&count=2')),
    answer: () => refusal(401),
  },
  {
    name: 'tests the connection',
    ask: () => get('/Users?startIndex=1&count=2'),
    answer: () => ({ status: 200, body: { startIndex: 1 } }),
  },
  {
    name: 'looks for a name that nobody has',
    ask: () => get(filtered('/Users', `userName eq "${NAME}"`, PAGE)),
    answer: () => listed(),
  },
  {
    name: 'adds a person',
    ask: () => post('/Users', ANNA),
    answer: () => ({
      status: 201,
      body: {
        ...{ id: /^[0-9a-f-]{36}$/, userName: NAME, externalId: ANNA.externalId, active: true, name: ANNA.name },
        ...{
          emails: ANNA.emails,
          password: ABSENT,
          groups: ABSENT,
          meta: { resourceType: 'User', location: /\/scim\/v2\/Users\// },
        },
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
    name: 'adds them in other letters',
    ask: () => post('/Users', { ...ANNA, userName: NAME.toUpperCase(), externalId: 'other' }),
    answer: () => refusal(409, { scimType: 'uniqueness' }),
  },
  {
    name: 'finds them by name in other letters',
    ask: () => get(filtered('/Users', `userName eq "${NAME.toUpperCase()}"`, PAGE)),
    answer: ({ anna }) => listed({ id: anna, userName: NAME }),
  },
  {
    name: 'reads them',
    ask: ({ anna }) => get(`/Users/${anna}`),
    answer: ({ anna }) => ({ status: 200, body: { id: anna, userName: NAME } }),
  },
  {
    name: 'reads somebody who is not there',
    ask: () => get('/Users/010101001010101011001010101011'),
    answer: () => refusal(404),
  },
  {
    name: 'posts to what describes the service',
    ask: () => post('/ServiceProviderConfig', {}),
    answer: () => refusal(405),
  },
]

/** Changes by PUT, as Okta sends profiles, and by PATCH. */
const changed: readonly Turn[] = [
  {
    name: 'pushes a changed profile',
    ask: ({ anna }) =>
      put(`/Users/${anna}`, {
        ...{ ...ANNA, id: anna, name: { givenName: 'Ann', middleName: '', familyName: 'Berg' } },
        meta: { resourceType: 'User' },
      }),
    answer: ({ anna }) => ({
      status: 200,
      body: { id: anna, active: true, name: { givenName: 'Ann', familyName: 'Berg' } },
    }),
  },
  {
    name: 'sees the change',
    ask: ({ anna }) => get(`/Users/${anna}`),
    answer: () => ({ status: 200, body: { name: { givenName: 'Ann' }, externalId: ANNA.externalId } }),
  },
  {
    name: 'pushes a password, which is kept nowhere',
    ask: ({ anna }) => patch(`/Users/${anna}`, { op: 'replace', value: { password: 'Yz9-another' } }),
    answer: () => ({ status: 200, body: { password: ABSENT } }),
  },
  {
    name: 'says active in quotes, which this profile does not know',
    ask: ({ anna }) => patch(`/Users/${anna}`, { op: 'replace', value: { active: 'False' } }),
    answer: () => refusal(400, { scimType: 'invalidValue' }),
  },
  {
    name: 'changes a part of what is wrong as a whole',
    ask: ({ anna }) =>
      patch(
        `/Users/${anna}`,
        { op: 'replace', value: { displayName: 'gone' } },
        { op: 'replace', value: { shoeSize: 4 } },
      ),
    answer: () => refusal(400),
  },
  {
    name: 'sees that nothing of it was done',
    ask: ({ anna }) => get(`/Users/${anna}`),
    answer: () => ({ status: 200, body: { displayName: 'Anna Berg', active: true } }),
  },
]

export const oktaPeople = [...added, ...changed]
