import { z } from 'zod'
import { actionEntry, type Action } from '#contract/actions.js'
import type { EndpointEntry } from '#contract/endpoint.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import { ROLE_IDS, WORKSPACE_ROLE_IDS } from '#contract/scopes.js'
import { CALLED, type Ground } from './ground.js'
import type { Random } from './random.js'

/** One request, as it is asked about and, spelt out by itself, as it is sent. */
export interface Request {
  readonly question: {
    readonly action: Action
    readonly endpoint?: string
    readonly resource?: string
    readonly method?: string
    readonly with?: object
    readonly workspace?: string
  }
  /** Who has further roles once it is done. */
  readonly gives?: string
  readonly sent: {
    readonly method: string
    readonly path: string
    readonly body?: object
    readonly headers?: Readonly<Record<string, string>>
  }
}
type Kind = (ground: Ground, random: Random) => Request

/** A version that nothing has: what is allowed then conflicts, so that ten thousand requests leave things as they were. */
const STALE = 99_999
const WHY = 'to be asked'
const SOMEBODY = '0198c0de-0000-7000-8000-000000000001'

const READS: readonly { readonly id: string; readonly action: Action; readonly path: string }[] =
  Object.entries<EndpointEntry>(ENDPOINTS).flatMap(([id, { method, action, path, params, response, query }]) => {
    const plain = method === 'GET' && !params && response instanceof z.ZodType && action !== null
    const askable = !(query instanceof z.ZodType) || query.safeParse({}).success
    return plain && askable && actionEntry(action).read ? [{ id, action, path }] : []
  })

const to = (action: Action, method: string, path: string, resource?: string, body?: object): Request => ({
  question: { action, ...(resource !== undefined && { resource }), ...(body && { with: body }) },
  sent: { method, path, ...(body && { body }) },
})

const read: Kind = (_ground, random) => {
  const { id, action, path } = random.pick(READS)
  return { question: { action, endpoint: id }, sent: { method: 'GET', path } }
}

/** An id of these, and now and then one of nothing. */
const one = (ids: readonly string[], random: Random): string =>
  ids.length === 0 || random.below(12) === 0 ? SOMEBODY : random.pick(ids)
const person = ({ people }: Ground, random: Random): string =>
  one(
    people.map(({ id }) => id),
    random,
  )
const roles = (random: Random) => random.some(ROLE_IDS, 2)

const people: readonly Kind[] = [
  (ground, random) => {
    const body = {
      name: 'New',
      roles: roles(random),
      ...(random.below(2) === 0 && { tenant_id: random.pick(ground.tenants) }),
    }
    return to('person.create', 'POST', '/v1/people', undefined, body)
  },
  (ground, random) => {
    const id = person(ground, random)
    const change = random.pick([{ disabled: true }, { name: 'Other' }, { roles: roles(random) }])
    return to('person.update', 'PATCH', `/v1/people/${id}`, `person/${id}`, { version: STALE, ...change })
  },
  (ground, random) => {
    const id = person(ground, random)
    return { ...to('person.read', 'GET', `/v1/people/${id}/sessions`, id) }
  },
  (ground, random) => {
    const id = person(ground, random)
    return to('session.revoke', 'DELETE', `/v1/people/${id}/sessions`, `person/${id}`)
  },
  (ground, random) => {
    const body = { principal_id: person(ground, random), name: 'k' }
    return to('key.create', 'POST', '/v1/keys', undefined, body)
  },
  (ground, random) => {
    // Somebody's own key last, so that few of those who are asked about lose theirs.
    const id = random.below(20) === 0 ? one(ground.keys.slice(-2), random) : SOMEBODY
    return to('key.revoke', 'DELETE', `/v1/keys/${id}`, `key/${id}`)
  },
  (_ground, random) => {
    const body = { email: `p${random.below(1e9)}@new.example`, roles: roles(random) }
    return to('invitation.create', 'POST', '/v1/invitations', undefined, body)
  },
  (ground, random) => {
    const id = one(ground.invitations, random)
    return to('invitation.resend', 'POST', `/v1/invitations/${id}/resend`, `invitation/${id}`, {})
  },
  (ground, random) => {
    const id = one(ground.invitations.slice(-1), random)
    return to('invitation.revoke', 'DELETE', `/v1/invitations/${id}`, `invitation/${id}`)
  },
]

const organisations: readonly Kind[] = [
  (ground, random) => {
    const id = one(ground.tenants, random)
    return to('tenant.update', 'PATCH', `/v1/tenants/${id}`, `tenant/${id}`, { version: STALE, name: 'Other' })
  },
  (ground, random) => {
    const id = one(ground.tenants, random)
    return to('tenant.suspend', 'POST', `/v1/tenants/${id}/suspend`, `tenant/${id}`, { version: STALE, reason: WHY })
  },
  (ground, random) => {
    const id = one(ground.tenants, random)
    const gives = person(ground, random)
    return { ...to('tenant.transfer', 'POST', `/v1/tenants/${id}/transfer`, id, { to: gives }), gives }
  },
  (_ground, random) => {
    const body = { document: { title: 'List', entries: [] }, why: WHY, revision: STALE }
    const name = random.pick(['one', 'two'])
    return { ...to('list.write', 'PUT', `/v1/lists/${name}`, `list/${name}`, body) }
  },
  (_ground, random) => {
    const body = {
      document: { title: 'Role', scopes: random.some(['people:read', 'people:write', 'kill:engage'], 2) },
      why: WHY,
      revision: 0,
    }
    const name = `r${random.below(1e6)}`
    return to('role.write', 'PUT', `/v1/roles/${name}`, `role/${name}`, body)
  },
  () => {
    const body = { document: { title: 'Limits', entries: [] }, why: WHY, revision: STALE }
    return to('limits.write', 'PUT', '/v1/limits/all', 'limits/all', body)
  },
  (_ground, random) =>
    to('domain.claim', 'POST', '/v1/domains', undefined, { domain: `d${random.below(1e9)}.example` }),
]

const extensions: readonly Kind[] = [
  (ground, random) =>
    to('install.create', 'POST', '/v1/installs', undefined, { extension: random.pick(ground.extensions) }),
  (ground, random) => {
    const id = one(ground.installs, random)
    return to('install.update', 'PATCH', `/v1/installs/${id}`, `install/${id}`, { revision: STALE, permissions: [] })
  },
  () => to('install.uninstall', 'DELETE', `/v1/installs/${SOMEBODY}`, `install/${SOMEBODY}`),
  (ground, random) => {
    const id = one(ground.installs, random)
    return to('runtime_token.create', 'POST', `/v1/installs/${id}/runtime-tokens`, id, { name: 't' })
  },
  (ground, random) => {
    const name = random.pick(ground.extensions)
    const body = { to: random.pick(['ga', 'beta']) }
    return to('extension.promote', 'POST', `/v1/extensions/${name}/versions/0.1.0/promote`, `${name}/0.1.0`, body)
  },
  (ground, random) => {
    const id = one(ground.publishers, random)
    return to('publisher.verify', 'POST', `/v1/publishers/${id}/verify`, `publisher/${id}`, {})
  },
  () => {
    const path = '/audit'
    const request = to('extension.invoke', 'POST', `/api/ext/${CALLED}${path}`, `${CALLED}${path}`, { lockfile: '' })
    return { ...request, question: { ...request.question, method: 'POST' } }
  },
]

/** A list, of what lies in one workspace. */
const within = (action: Action, endpoint: string, path: string, workspace: string): Request => ({
  question: { action, endpoint, workspace },
  sent: { method: 'GET', path: `${path}?workspace_id=${workspace}` },
})

const workspaces: readonly Kind[] = [
  (ground, random) => {
    const id = one(ground.workspaces, random)
    const [endpoint, rest] = random.pick([
      ['workspaces.show', ''],
      ['workspaces.members', '/members'],
    ] as const)
    const request = to('workspace.read', 'GET', `/v1/workspaces/${id}${rest}`, id)
    return { ...request, question: { ...request.question, endpoint } }
  },
  (ground, random) => within('install.read', 'installs.list', '/v1/installs', one(ground.workspaces, random)),
  (ground, random) => within('execution.read', 'executions.list', '/v1/executions', one(ground.workspaces, random)),
  (ground, random) => {
    const [id, who] = [one(ground.workspaces, random), person(ground, random)]
    const body = { roles: random.some(WORKSPACE_ROLE_IDS, 2), version: STALE }
    return to('workspace.set_member', 'PUT', `/v1/workspaces/${id}/members/${who}`, `${id}/${who}`, body)
  },
  (ground, random) => {
    // Few of those who are asked about lose their roles.
    const [id, who] = [one(ground.workspaces, random), random.below(10) === 0 ? person(ground, random) : SOMEBODY]
    return to('workspace.remove_member', 'DELETE', `/v1/workspaces/${id}/members/${who}`, `${id}/${who}`)
  },
  (ground, random) => {
    const id = one(ground.workspaces, random)
    const [action, method, rest, body] = random.pick([
      ['workspace.update', 'PATCH', '', { name: 'Other' }],
      ['workspace.archive', 'POST', '/archive', { reason: WHY }],
      ['workspace.restore', 'POST', '/restore', {}],
    ] as const)
    return to(action, method, `/v1/workspaces/${id}${rest}`, `workspace/${id}`, { version: STALE, ...body })
  },
  (_ground, random) => {
    const body = { slug: `w${random.below(1e9)}`, name: 'New' }
    return to('workspace.create', 'POST', '/v1/workspaces', undefined, body)
  },
  (ground, random) => {
    const body = { extension: random.pick(ground.extensions), workspace_id: one(ground.workspaces, random) }
    return to('install.create', 'POST', '/v1/installs', undefined, body)
  },
  (ground, random) => {
    const path = '/audit'
    const workspace = one(ground.workspaces, random)
    const request = to('extension.invoke', 'POST', `/api/ext/${CALLED}${path}`, `${CALLED}${path}`, { lockfile: '' })
    return {
      question: { ...request.question, method: 'POST', workspace },
      sent: { ...request.sent, headers: { 'gatehouse-workspace': workspace } },
    }
  },
]

const stops: readonly Kind[] = [
  (_ground, random) => {
    const body = { scope: 'extension', target: `com.nobody.x${random.below(1e6)}`, reason: WHY }
    return to('kill.engage', 'POST', '/v1/kills', undefined, body)
  },
  (ground, random) => {
    const id = one(ground.orders, random)
    return to('kill.release', 'POST', `/v1/kills/${id}/release`, `kill/${id}`, { reason: WHY })
  },
  (ground, random) => {
    const { id, digest } =
      ground.approvals.length > 0 ? random.pick(ground.approvals) : { id: SOMEBODY, digest: `sha256:${'a'.repeat(64)}` }
    return to('approval.vote', 'POST', `/v1/approvals/${id}/votes`, `approval/${id}`, {
      verdict: 'approve',
      subject_digest: digest,
    })
  },
  (_ground, random) =>
    to('waiver.revoke', 'POST', `/v1/policy/waivers/${SOMEBODY}/revoke`, SOMEBODY, { reason: random.pick(['a', WHY]) }),
]

const WRITES: readonly Kind[] = [...people, ...organisations, ...extensions, ...workspaces, ...stops]

/** The next request; two of five read a list. */
export const nextRequest: Kind = (ground, random) => (random.below(5) < 2 ? read : random.pick(WRITES))(ground, random)
