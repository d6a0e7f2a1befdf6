import { by, get, idOf, patch, post, remove, refusal, type Answer, type Turn } from './turn.js'

/** How a provider says that somebody is active or not, and what it says of them else. */
export interface Spelling {
  readonly active: (is: boolean) => object
  readonly userName: string
}

interface Row {
  readonly id: string
  readonly version: number
}

const whoami = () => by('person', get('/v1/whoami'))
const isActive = (active: boolean): Answer => ({ status: 200, body: { active } })

/** Somebody is let go: what they act by ends with it, and stays ended when they come back. `anna` is their id. */
const leaving = ({ active }: Spelling): readonly Turn[] => [
  {
    name: 'the owner sees the person',
    ask: () => by('owner', get('/v1/people?limit=200')),
    answer: () => ({ status: 200 }),
    keep: { version: ({ items }, { anna }) => (items as Row[]).find(({ id }) => id === anna)?.version },
  },
  {
    name: 'the owner makes them an admin',
    ask: ({ anna, version }) =>
      by('owner', {
        method: 'PATCH',
        path: `/v1/people/${anna}`,
        body: { version: Number(version), roles: ['admin'] },
      }),
    answer: () => ({ status: 200, body: { roles: ['admin'], disabled_at: null } }),
  },
  {
    name: 'the owner gives them a key',
    ask: ({ anna }) => by('owner', post('/v1/keys', { principal_id: anna, name: 'own' })),
    answer: () => ({ status: 201, body: { secret: /\S/ } }),
    keep: { personKey: ({ secret }) => secret },
  },
  { name: 'the person acts by the key', ask: whoami, answer: ({ anna }) => ({ status: 200, body: { id: anna } }) },
  { name: 'lets them go', ask: ({ anna }) => patch(`/Users/${anna}`, active(false)), answer: () => isActive(false) },
  { name: 'sees that they are not active', ask: ({ anna }) => get(`/Users/${anna}`), answer: () => isActive(false) },
  { name: 'the person acts no more', ask: whoami, answer: () => ({ status: 401 }) },
  {
    name: 'the owner reads in the log what ended',
    ask: ({ anna }) => by('owner', get(`/v1/scim/log?resource_id=${anna}&limit=1`)),
    answer: () => ({
      status: 200,
      body: {
        items: [
          {
            outcome: 'done',
            effects: [{ kind: 'user.deactivated' }, { kind: 'keys.revoked' }, { kind: 'roles.lost' }],
          },
        ],
      },
    }),
  },
  {
    name: 'lets them go again',
    ask: ({ anna }) => patch(`/Users/${anna}`, active(false)),
    answer: () => isActive(false),
  },
  {
    name: 'takes them back under the same id',
    ask: ({ anna }) => patch(`/Users/${anna}`, active(true)),
    answer: ({ anna }) => ({ status: 200, body: { id: anna, active: true } }),
  },
  { name: 'the key stays ended', ask: whoami, answer: () => ({ status: 401 }) },
]

/** Somebody is deleted, and their name given to somebody else. */
const deleted = ({ userName }: Spelling): readonly Turn[] => [
  { name: 'deletes the person', ask: ({ anna }) => remove(`/Users/${anna}`), answer: () => ({ status: 204 }) },
  { name: 'finds them no more', ask: ({ anna }) => get(`/Users/${anna}`), answer: () => refusal(404) },
  { name: 'deletes them again', ask: ({ anna }) => remove(`/Users/${anna}`), answer: () => refusal(404) },
  {
    name: 'finds nobody by their name',
    ask: () => get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`),
    answer: () => ({ status: 200, body: { totalResults: 0, Resources: [] } }),
  },
  {
    name: 'gives the name to somebody else',
    ask: () => post('/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
    answer: () => ({ status: 201, body: { userName, active: true } }),
    keep: { heir: idOf },
  },
  {
    name: 'sees that it is another person',
    ask: ({ heir }) => get(`/Users/${heir}`),
    answer: ({ anna, heir }) => ({ status: 200, body: { id: new RegExp(`^(?!${anna})${heir}$`) } }),
  },
  { name: 'deletes that one too', ask: ({ heir }) => remove(`/Users/${heir}`), answer: () => ({ status: 204 }) },
]

/** The end of a conversation, in the spelling of a provider. */
export const lettingGo = (spelling: Spelling): readonly Turn[] => [...leaving(spelling), ...deleted(spelling)]
