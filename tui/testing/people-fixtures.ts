import type { AnswerOf, OperationId } from '#sdk/client/client.js'

type Item<Id extends OperationId> = AnswerOf<Id> extends { items: (infer T)[] } ? T : never

const id = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`
const at = (second: number): string => `2026-11-21T09:30:${String(second).padStart(2, '0')}.000Z`
const page = <T>(...items: T[]) => ({ items, next_cursor: null })

const person = (n: number, name: string, rest: Partial<Item<'people.list'>>): Item<'people.list'> => ({
  ...{ id: id(n), tenant_id: id(900), publisher_id: null, kind: 'user', name },
  ...{ email: `${name.split(' ', 1)[0]!.toLowerCase()}@acme.example`, roles: [], custom_roles: [] },
  ...{ pseudonym: `u_${String(n).padStart(32, '0')}`, disabled_at: null, version: 1, created_at: at(1) },
  ...rest,
})
const ana = person(600, 'Ana Owner', { roles: ['owner'] })
const ben = person(601, 'Ben Baker', { roles: ['member'] })
const cleo = person(602, 'Cleo Gone', { disabled_at: at(20) })

const auditors = { id: id(620), display_name: 'Auditors' }
const rule = {
  ...{ display_name: 'auditors', roles: ['auditor' as const], custom_roles: ['release-manager'] },
  ...{ from: null, until: '2027-03-31T00:00:00.000Z', by: ana.pseudonym, why: 'the yearly audit' },
}

const group = (n: number, rest: Partial<Item<'scim.listGroups'>>): Item<'scim.listGroups'> => ({
  ...{ id: id(n), tenant_id: id(900), display_name: 'Staff', external_id: null, members: 0 },
  ...{ roles: [], custom_roles: [], in_workspaces: [], last_modified_at: at(9), ...rest },
})

const entry = (n: number, rest: Partial<Item<'scim.listLog'>>): Item<'scim.listLog'> => ({
  ...{ id: id(n), tenant_id: id(900), connection_id: id(640), token_id: id(641), method: 'POST' },
  ...{ path: '/scim/v2/Users', resource_type: 'User', resource_id: id(601), status: 201, outcome: 'done' },
  ...{ scim_type: null, detail: null, effects: [], effect_count: 0, would: false, duration_ms: 12 },
  ...{ decision_id: id(650), correlation_id: 'c-9', at: at(60 - (n % 50)), ...rest },
})
const effect = (kind: Item<'scim.listLog'>['effects'][number]['kind'], type: 'User' | 'Group', display: string) => ({
  ...{ kind, resource: { type, id: id(type === 'User' ? 601 : 620), display } },
})

const brake = (n: number, rest: Partial<Item<'scim.listBrakes'>>): Item<'scim.listBrakes'> => ({
  ...{ id: id(n), tenant_id: id(900), connection_id: id(640), connection: 'Okta', state: 'held' },
  ...{ because: ['admin.scim_brake'], people: 500, let_go: 51, percent: 10, window_minutes: 60, count: 2, passed: 49 },
  ...{ digest: `sha256:${'b'.repeat(64)}`, approval_id: id(n + 5), approval_state: 'open', decided_by: null },
  ...{ until: null, tripped_at: at(12), ...rest },
})
const waitingBrake = brake(680, {})
const lost = (n: number, name: string, group: string | null = null) => ({
  ...{ person: id(n), name, what: group === null ? ('deactivated' as const) : ('left_group' as const), group },
  ...{ decision_id: id(650), at: at(12) },
})
const shownBrake: AnswerOf<'scim.showBrake'> = {
  ...waitingBrake,
  changes: [
    { ...lost(601, 'ben@acme.example'), method: 'PATCH', path: `/scim/v2/Users/${id(601)}` },
    {
      ...lost(603, 'dana@acme.example', 'Platform admins'),
      ...{ method: 'PATCH', path: `/scim/v2/Groups/${id(620)}` },
    },
  ],
  before: [{ ...lost(602, 'cleo@acme.example'), undone_at: null }],
}

const session = (n: number, rest: Partial<Item<'sessions.list'>>): Item<'sessions.list'> => ({
  ...{ id: id(n), tenant_id: id(900), principal_id: ana.id, provider_id: id(660), client: 'browser' },
  ...{ label: 'Firefox on Linux', acr: null, second_factor: true, bound: false, auth_time: at(2), current: false },
  ...{ last_used_at: at(30), idle_until: '2026-11-21T17:30:00.000Z', expires_at: '2026-11-22T09:30:00.000Z' },
  ...{ created_at: at(2), ...rest },
})

const { kind: _kind, email: _email, ...program } = person(670, 'Release robot', { roles: ['developer'] })

const workspace = (n: number, slug: string, rest: Partial<Item<'workspaces.list'>>): Item<'workspaces.list'> => ({
  ...{ id: id(n), tenant_id: id(900), slug, name: slug, status: 'active', archived_at: null },
  ...{ archived_because: null, version: 1, created_at: at(3), ...rest },
})
const member = (who: Item<'people.list'>, roles: Item<'workspaces.members'>['roles']): Item<'workspaces.members'> => ({
  ...{ workspace_id: id(680), roles, given_at: at(4), version: 1, decision_id: id(650) },
  person: { id: who.id, name: who.name, pseudonym: who.pseudonym, disabled_at: who.disabled_at },
})

/** People, workspaces, groups, what a provider did, sessions and programs of a small organisation. */
export const PEOPLE_FIXTURES: { readonly [Id in OperationId]?: AnswerOf<Id> } = {
  'people.list': page(ana, ben, cleo),
  'people.byGroups': page({
    id: ben.id,
    by_groups: [{ group: auditors, rules: 'default', revision: 3, rule }],
  }),
  'workspaces.list': page(
    workspace(680, 'payments', { name: 'Payments' }),
    workspace(681, 'trials', { status: 'archived', archived_at: at(8), archived_because: 'the trial is over' }),
  ),
  'workspaces.members': page(member(ana, ['workspace_admin']), member(ben, ['installer', 'viewer'])),
  'scim.listGroups': page(
    group(620, {
      ...auditors,
      external_id: '00g1a2b3c4',
      members: 1,
      roles: ['auditor'],
      custom_roles: ['release-manager'],
    }),
    group(621, { display_name: 'Staff', members: 412 }),
  ),
  'scim.listConnections': page({
    ...{
      id: id(640),
      tenant_id: id(900),
      name: 'Okta',
      quirks: 'okta' as const,
      settings: { existing: 'refuse' as const, brake: { percent: 10, people: 3, window_minutes: 60 } },
    },
    ...{ enabled: true, pseudonym: 'u_okta', version: 1, created_at: at(1) },
  }),
  'scim.listLog': page(
    entry(630, {
      ...{ method: 'PATCH', path: `/scim/v2/Groups/${id(620)}`, resource_type: 'Group', status: 200, effect_count: 3 },
      effects: [{ ...effect('member.added', 'Group', 'Auditors'), member: ben.id }],
    }),
    entry(631, {
      ...{ status: 400, outcome: 'refused', scim_type: 'invalidValue' },
      detail: 'active must be true or false, without quotes',
    }),
    entry(632, { would: true, effects: [effect('user.deactivated', 'User', 'ben@acme.example')], effect_count: 1 }),
    entry(633, { status: 500, outcome: 'failed', detail: 'Something went wrong on our side', connection_id: id(649) }),
  ),
  'scim.listBrakes': page(
    brake(690, { state: 'rejected', approval_state: 'denied', until: at(50), count: 4, passed: 0 }),
    waitingBrake,
    brake(700, {
      state: 'released',
      approval_state: 'approved',
      until: at(50),
      because: ['admin.scim_brake_privileged'],
    }),
  ),
  'scim.showBrake': shownBrake,
  'sessions.list': page(
    session(661, { current: true, client: 'cli', label: 'gatehouse on ana-laptop' }),
    session(662, {}),
  ),
  'accounts.list': page(
    { ...program, owner_id: ana.id },
    { ...program, id: id(671), name: 'Nightly report', roles: ['auditor'], owner_id: cleo.id },
  ),
}
