import { lettingGo } from './leaving.js'
import { oktaPeople } from './okta-people.js'
import { ABSENT } from './shape.rules.js'
import {
  filtered,
  get,
  idOf,
  GROUP,
  listed,
  patch,
  post,
  put,
  refusal,
  remove,
  USER,
  type Answer,
  type Turn,
} from './turn.js'

const PAGE = '&startIndex=1&count=100'
const OPS = 'Okta conversation'
const renamed = `${OPS} renamed`
const membersAre = (...ids: readonly (string | undefined)[]): Answer => ({
  status: 200,
  body: { members: ids.length === 0 ? ABSENT : ids.map((value) => ({ value, $ref: /\/scim\/v2\/Users\// })) },
})

/** Group push, as Okta's guide to groups has it. */
const pushed: readonly Turn[] = [
  {
    name: 'adds a second person',
    ask: () => post('/Users', { schemas: [USER], userName: 'bo@okta-conversation.example', active: true }),
    answer: () => ({ status: 201, body: { active: true } }),
    keep: { bo: idOf },
  },
  {
    name: 'looks for the group',
    ask: () => get(filtered('/Groups', `displayName eq "${OPS}"`, PAGE)),
    answer: () => listed(),
  },
  {
    name: 'pushes the group',
    ask: () => post('/Groups', { schemas: [GROUP], displayName: OPS, members: [] }),
    answer: () => ({ status: 201, body: { displayName: OPS, members: ABSENT, meta: { resourceType: 'Group' } } }),
    keep: { group: idOf },
  },
  {
    name: 'adds a member by the way that its guide shows',
    ask: ({ group, anna }) =>
      patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: anna, display: 'anna.berg' }] }),
    answer: () => ({ status: 204, body: ABSENT }),
  },
  { name: 'sees the member', ask: ({ group }) => get(`/Groups/${group}`), answer: ({ anna }) => membersAre(anna) },
  {
    name: 'sees the group of the person',
    ask: ({ anna }) => get(`/Users/${anna}`),
    answer: ({ group }) => ({ status: 200, body: { groups: [{ value: group, display: OPS, type: 'direct' }] } }),
  },
  {
    name: 'exchanges a member for another in one request',
    ask: ({ group, anna, bo }) =>
      patch(
        `/Groups/${group}`,
        { op: 'remove', path: `members[value eq "${anna}"]` },
        { op: 'add', path: 'members', value: [{ value: bo }] },
      ),
    answer: () => ({ status: 204, body: ABSENT }),
  },
  { name: 'sees the other member', ask: ({ group }) => get(`/Groups/${group}`), answer: ({ bo }) => membersAre(bo) },
  {
    name: 'renames the group without a path',
    ask: ({ group }) => patch(`/Groups/${group}`, { op: 'replace', value: { id: group, displayName: renamed } }),
    answer: () => ({ status: 204, body: ABSENT }),
  },
  {
    name: 'replaces all members',
    ask: ({ group, anna, bo }) =>
      patch(`/Groups/${group}`, { op: 'replace', path: 'members', value: [{ value: anna }, { value: bo }] }),
    answer: () => ({ status: 204, body: ABSENT }),
  },
  {
    name: 'finds the group under its new name',
    ask: () => get(filtered('/Groups', `displayName eq "${renamed}"`, PAGE)),
    answer: ({ group, anna, bo }) => listed({ id: group, members: [{ value: anna }, { value: bo }] }),
  },
  {
    name: 'adds somebody who is not there, beside a new name',
    ask: ({ group }) =>
      patch(
        `/Groups/${group}`,
        { op: 'replace', value: { displayName: 'gone' } },
        { op: 'add', path: 'members', value: [{ value: '00000000-0000-7000-8000-000000000009' }] },
      ),
    answer: () => refusal(400),
  },
  {
    name: 'pushes the group as a whole',
    ask: ({ group, bo }) =>
      put(`/Groups/${group}`, { schemas: [GROUP], id: group, displayName: renamed, members: [{ value: bo }] }),
    answer: ({ bo }) => ({ status: 200, body: { displayName: renamed, members: [{ value: bo }] } }),
  },
  {
    name: 'unlinks the group',
    ask: ({ group }) => remove(`/Groups/${group}`),
    answer: () => ({ status: 204, body: ABSENT }),
  },
  { name: 'finds the group no more', ask: ({ group }) => get(`/Groups/${group}`), answer: () => refusal(404) },
  {
    name: 'keeps the people of the group',
    ask: ({ bo }) => get(`/Users/${bo}`),
    answer: () => ({ status: 200, body: { active: true, groups: ABSENT } }),
  },
  {
    name: 'deletes the second person',
    ask: ({ bo }) => remove(`/Users/${bo}`),
    answer: () => ({ status: 204, body: ABSENT }),
  },
]

/** What Okta asks, in its spelling (developer.okta.com: SCIM 2.0 protocol reference, users and groups). */
export const okta: readonly Turn[] = [
  ...oktaPeople,
  ...pushed,
  ...lettingGo({
    userName: 'anna.berg@okta-conversation.example',
    active: (active) => ({ op: 'replace', value: { active } }),
  }),
]
