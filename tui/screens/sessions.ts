import type { AnswerOf } from '#sdk/client/client.js'
import { sessionEnd } from '../dangers.js'
import type { RowAction, Screen, Shortcut } from '../screen.js'

type Session = AnswerOf<'sessions.list'>['items'][number]

const end: RowAction<Session> = {
  key: 'x',
  title: 'end',
  refused: ({ current }) => (current ? 'it is the one you are here by: gatehouse logout' : null),
  ask: ({ label }) => sessionEnd(label),
  act: async (client, { id }) => `ended the ${(await client.get('sessions.end', { params: { id } })).client} session`,
}

const SHORTCUTS: readonly Shortcut<Session>[] = [
  { key: 's', title: 'of somebody else', refused: () => null, line: 'list --person ' },
  { key: 'R', title: 'end all of somebody', refused: () => null, line: 'revoke ' },
]

const minute = (moment: string): string => moment.slice(0, 16).replace('T', ' ')

/** Where the speaker is signed in. */
export const sessions: Screen<Session> = {
  id: 'sessions',
  title: 'Sessions',
  empty: 'You are signed in nowhere: an API key is no session.',
  load: async (client) => (await client.get('sessions.list', { query: { limit: 200 } })).items,
  rowKey: ({ id }) => id,
  columns: [
    { heading: '', cell: ({ current }) => (current ? '●' : ' '), width: 1 },
    { heading: 'BY', cell: ({ client }) => client, width: 7 },
    { heading: 'CALLED', cell: ({ label }) => label, width: 16, grow: true },
    { heading: 'LAST USED', cell: ({ last_used_at }) => minute(last_used_at), width: 16 },
    { heading: 'FACTOR', cell: ({ second_factor }) => (second_factor ? 'second' : 'first'), width: 6, from: 80 },
    { heading: 'ENDS', cell: ({ expires_at }) => minute(expires_at), width: 16, from: 100 },
  ],
  describe: (session) => [
    ['session', `${session.id}${session.current ? ' (this one)' : ''}`],
    ['by', `${session.client}: ${session.label}`],
    ['signed in', `${session.auth_time}, ${session.second_factor ? 'with' : 'without'} a second factor`],
    ['context', session.acr ?? '-'],
    ['counts with', session.bound ? 'proofs of the key of its client' : 'its token alone'],
    ['last used', session.last_used_at],
    ['ends unused', session.idle_until],
    ['ends', session.expires_at],
  ],
  actions: [end],
  commands: { family: 'sessions', shortcuts: SHORTCUTS },
}
