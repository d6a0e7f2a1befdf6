import { entraPeople, NAME } from './entra-people.js'
import { lettingGo } from './leaving.js'
import { ABSENT } from './shape.rules.js'
import { filtered, get, idOf, GROUP, listed, patch, post, refusal, remove, type Answer, type Turn } from './turn.js'

const OPS = 'Entra conversation'
const ADSCIM = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'
const done = (): Answer => ({ status: 204, body: ABSENT })
const membersOf = ({ group }: { readonly group?: string }) => get(`/Groups/${group}?attributes=members`)
const membersAre = (...ids: readonly (string | undefined)[]): Answer => ({
  status: 200,
  body: { members: ids.length === 0 ? ABSENT : ids.map((value) => ({ value })) },
})

const made: readonly Turn[] = [
  {
    name: 'looks for the group without its members',
    ask: () => get(filtered('/Groups', `displayName eq "${OPS}"`, '&excludedAttributes=members')),
    answer: () => listed(),
  },
  {
    name: 'adds the group, with a schema of its own beside that of groups',
    ask: () =>
      post('/Groups', {
        ...{ schemas: [GROUP, ADSCIM], externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159', displayName: OPS },
        meta: { resourceType: 'Group' },
      }),
    answer: () => ({ status: 201, body: { schemas: [GROUP], displayName: OPS, members: ABSENT } }),
    keep: { group: idOf },
  },
  {
    name: 'adds a group of the same name',
    ask: () => post('/Groups', { schemas: [GROUP], displayName: OPS.toUpperCase() }),
    answer: () => refusal(409, { scimType: 'uniqueness' }),
  },
  {
    name: 'reads the group without its members',
    ask: ({ group }) => get(`/Groups/${group}?excludedAttributes=members`),
    answer: ({ group }) => ({ status: 200, body: { id: group, displayName: OPS, members: ABSENT } }),
  },
  {
    name: 'finds the group without its members',
    ask: () => get(filtered('/Groups', `displayName eq "${OPS}"`, '&excludedAttributes=members')),
    answer: ({ group }) => listed({ id: group, members: ABSENT }),
  },
]

const peopled: readonly Turn[] = [
  {
    name: 'adds members, whose addresses it leaves empty',
    ask: ({ group, anna, manager }) =>
      patch(`/Groups/${group}`, {
        ...{ op: 'Add', path: 'members' },
        value: [
          { $ref: null, value: anna },
          { $ref: null, value: manager },
        ],
      }),
    answer: done,
  },
  { name: 'sees both members', ask: membersOf, answer: ({ anna, manager }) => membersAre(anna, manager) },
  {
    name: 'asks whether somebody is a member',
    ask: ({ group, anna }) =>
      get(filtered('/Groups', `id eq "${group}" and members eq "${anna}"`, '&excludedAttributes=members')),
    answer: ({ group }) => listed({ id: group, members: ABSENT }),
  },
  {
    name: 'removes one member by value, not everybody',
    ask: ({ group, anna }) =>
      patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: anna }] }),
    answer: done,
  },
  { name: 'sees the one that is left', ask: membersOf, answer: ({ manager }) => membersAre(manager) },
  {
    name: 'asks again whether they are a member',
    ask: ({ group, anna }) => get(filtered('/Groups', `id eq "${group}" and members eq "${anna}"`)),
    answer: () => listed(),
  },
  {
    name: 'removes the other by a filter in the path',
    ask: ({ group, manager }) => patch(`/Groups/${group}`, { op: 'Remove', path: `members[value eq "${manager}"]` }),
    answer: done,
  },
  { name: 'sees nobody', ask: membersOf, answer: () => membersAre() },
  {
    name: 'adds a member without a path',
    ask: ({ group, anna }) => patch(`/Groups/${group}`, { op: 'Add', value: { members: [{ value: anna }] } }),
    answer: done,
  },
  { name: 'sees that member', ask: membersOf, answer: ({ anna }) => membersAre(anna) },
  {
    name: 'renames the group',
    ask: ({ group }) => patch(`/Groups/${group}`, { op: 'Replace', path: 'displayName', value: `${OPS} renamed` }),
    answer: done,
  },
  {
    name: 'sees the new name and the same members',
    ask: ({ group }) => get(`/Groups/${group}`),
    answer: ({ anna }) => ({ status: 200, body: { displayName: `${OPS} renamed`, members: [{ value: anna }] } }),
  },
  {
    name: 'adds a group to the group',
    ask: ({ group }) =>
      patch(`/Groups/${group}`, { op: 'Add', path: 'members', value: [{ value: group, type: 'Group' }] }),
    answer: () => refusal(400, { scimType: 'invalidValue' }),
  },
]

const ended: readonly Turn[] = [
  { name: 'deletes the manager', ask: ({ manager }) => remove(`/Users/${manager}`), answer: done },
  { name: 'deletes the group', ask: ({ group }) => remove(`/Groups/${group}`), answer: done },
  { name: 'finds the group no more', ask: ({ group }) => get(`/Groups/${group}`), answer: () => refusal(404) },
]

/** What Entra asks, in its spelling (learn.microsoft.com: develop and plan provisioning for a SCIM endpoint; known issues). */
export const entra: readonly Turn[] = [
  ...entraPeople,
  ...made,
  ...peopled,
  ...ended,
  ...lettingGo({ userName: NAME, active: (is) => ({ op: 'Replace', path: 'active', value: is ? 'True' : 'False' }) }),
]
