import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import { signOut } from '../dangers.js'
import type { RowAction, Screen, Shortcut } from '../screen.js'
import { IN_DECISIONS } from '../use-who.js'

type Person = AnswerOf<'people.list'>['items'][number]
type ByGroup = AnswerOf<'people.roles'>['by_groups'][number]
/** A person, and what rules give them by their groups. */
type PersonRow = Person & { readonly by_groups: readonly ByGroup[] }

const load = async (client: GatehouseClient): Promise<PersonRow[]> => {
  const query = { limit: 200 }
  const [{ items }, given] = await Promise.all([
    client.get('people.list', { query }),
    client.get('people.byGroups', { query }),
  ])
  const byGroups = new Map(given.items.map(({ id, by_groups }) => [id, by_groups]))
  return items
    .filter(({ kind }) => kind === 'user')
    .map((person) => ({ ...person, by_groups: byGroups.get(person.id) ?? [] }))
}

const own = ({ roles, custom_roles }: Person): string[] => [...roles, ...custom_roles]
const given = ({ rule }: ByGroup): string[] => [
  ...[...rule.roles, ...rule.custom_roles],
  ...(rule.in_workspaces ?? []).flatMap(({ workspace, roles }) => roles.map((role) => `${role} in ${workspace}`)),
]

/** Each role once; in brackets the groups by which somebody has those that are not their own. */
const roleWords = (person: PersonRow): string => {
  const groups = new Map<string, string[]>()
  for (const each of person.by_groups)
    for (const role of given(each)) groups.set(role, [...(groups.get(role) ?? []), each.group.display_name])
  const mine = own(person)
  const others = [...groups].filter(([role]) => !mine.includes(role))
  const words = [...mine, ...others.map(([role, names]) => `${role} (${[...new Set(names)].join(', ')})`)]
  return words.join(', ') || 'none'
}

const called = ({ email, name }: Person): string => email ?? name

const endSessions: RowAction<PersonRow> = {
  key: 'x',
  title: 'sign out',
  refused: ({ disabled_at }) => (disabled_at === null ? null : 'they are disabled'),
  ask: (person) => signOut(called(person)),
  act: async (client, person) => {
    const { ended } = await client.get('sessions.revoke', { params: { id: person.id } })
    return `ended ${ended} ${ended === 1 ? 'session' : 'sessions'} of ${called(person)}`
  },
}

const onRow: Shortcut<PersonRow>['refused'] = (row) => (row ? null : 'nothing is selected')
const SHORTCUTS: readonly Shortcut<PersonRow>[] = [
  { key: 'r', title: 'where roles come from', refused: onRow, line: 'scim rules who .' },
  { key: 's', title: 'sessions', refused: onRow, line: 'sessions list --person .' },
  { key: 'p', title: 'what the provider did', refused: onRow, line: 'scim log --person .' },
  { key: 'i', title: 'invite', refused: () => null, line: 'create ' },
]

/** People of the organisation, and where each role of theirs comes from. */
export const people: Screen<PersonRow> = {
  id: 'people',
  title: 'People',
  empty: 'There is nobody: i invites somebody, or an identity provider adds people over SCIM.',
  load,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'STATE', cell: ({ disabled_at }) => (disabled_at === null ? '● active' : '✗ off'), width: 8 },
    { heading: 'NAME', cell: ({ name }) => name, width: 16 },
    { heading: 'ROLES (BY GROUP)', cell: roleWords, width: 20, grow: true },
    { heading: 'ADDRESS', cell: ({ email }) => email ?? '-', width: 30, from: 100 },
    { heading: 'SINCE', cell: ({ created_at }) => created_at.slice(0, 10), width: 10, from: 120 },
  ],
  describe: (person) => [
    ['person', person.id],
    ['name', person.name],
    ['address', person.email ?? '-'],
    ['state', person.disabled_at === null ? 'active' : `disabled at ${person.disabled_at}`],
    [IN_DECISIONS, person.pseudonym],
    ...own(person).map((role) => ['role', `${role}: their own`] as const),
    ...person.by_groups.flatMap((each) =>
      given(each).map((role) => {
        const until = each.rule.until === null ? '' : `, until ${each.rule.until}`
        const by = `by group ${each.group.display_name} (rules ${each.rules}, revision ${each.revision})`
        return ['role', `${role}: ${by}: ${each.rule.why}${until}`] as const
      }),
    ),
    ...(own(person).length + person.by_groups.length === 0 ? [['role', 'none'] as const] : []),
  ],
  actions: [endSessions],
  commands: { family: 'invitations', shortcuts: SHORTCUTS },
}
