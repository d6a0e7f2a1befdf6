import { z } from 'zod'
import { actionEntry, type Action } from '#contract/actions.js'
import type { AccessQuestion } from '#contract/api/access.js'
import type { EndpointEntry } from '#contract/endpoint.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'

/** A request as it would be sent. */
export interface AskedRequest {
  readonly endpoint: string
  readonly method: Exclude<EndpointEntry['method'], 'ANY'>
  readonly path: string
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly headers: Readonly<Record<string, string>>
}

type Wanted = Pick<AccessQuestion, 'action' | 'resource' | 'endpoint' | 'method' | 'with' | 'workspace'> & {
  /** Of the workspace that is named; null where there is none such. */
  readonly workspaceId: string | null
}
interface Candidate {
  readonly id: string
  readonly entry: EndpointEntry
  readonly params: readonly string[]
}

const ANY_TYPE = '*/*'
const refuse = (pointer: string, detail: string) => problem('request.invalid', { errors: [{ pointer, detail }] })

/** What comes with an API key and is no upload. */
const isAskable = ({ public: open, credential, body }: EndpointEntry): boolean =>
  !open && !credential && !(body && 'stream' in body && body.stream !== ANY_TYPE)

const candidatesOf = (action: Action): Candidate[] =>
  Object.entries<EndpointEntry>(ENDPOINTS).flatMap(([id, entry]) =>
    entry.action === action && isAskable(entry)
      ? [{ id, entry, params: [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!) }]
      : [],
  )

/** Values of an endpoint's parameters, by what its path ends in: `person/ID` and `ID` are the same. */
const valuesOf = ({ params }: Candidate, segments: readonly string[]): readonly string[] | undefined => {
  if (params.at(-1) === 'path')
    return segments.length < params.length
      ? undefined
      : [...segments.slice(0, params.length - 1), segments.slice(params.length - 1).join('/')]
  const named = segments.length > params.length ? segments.slice(1) : segments
  return named.length === params.length ? named : undefined
}

const encoded = (value: string): string => value.split('/').map(encodeURIComponent).join('/')

const pathOf = ({ entry, params }: Candidate, values: readonly string[]): string =>
  params.reduce((path, name, at) => path.replace(`{${name}}`, () => encoded(values[at]!)), entry.path)

/** Whether a body names the version of the row that was read; of an extension's version it is no number. */
const countsVersions = (body: z.ZodType): boolean =>
  body instanceof z.ZodObject && (body.shape as Record<string, z.ZodType>)['version']?.safeParse(1).success === true

const bodyOf = ({ body }: EndpointEntry, given: Wanted['with']): AskedRequest['body'] => {
  if (!(body instanceof z.ZodType)) return given
  return countsVersions(body) ? { version: 1, ...given } : { ...given }
}

const takes = (schema: EndpointEntry['query'] | EndpointEntry['body'], name: string): boolean =>
  schema instanceof z.ZodObject && name in schema.shape

/** Where a request names the workspace that it is about. Raises `request.invalid` where it names none. */
const naming = ({ query, body, headers = {} }: EndpointEntry, { workspace, workspaceId }: Wanted) => {
  if (workspace === undefined) return {}
  if ('Gatehouse-Workspace' in headers) return { headers: { 'gatehouse-workspace': workspace } }
  const inQuery = takes(query, 'workspace_id')
  if (!inQuery && !takes(body, 'workspace_id'))
    throw refuse('/workspace', 'is named by no such request; what it is done to may name it in resource')
  if (workspaceId === null)
    throw refuse('/workspace', `${workspace} is the slug or id of no workspace of the organisation`)
  if (inQuery) return { query: `?workspace_id=${encodeURIComponent(workspaceId)}` }
  return { body: { workspace_id: workspaceId } }
}

/** A resource that an endpoint's path could name, so that nobody has to guess how it is spelt. */
const exampleOf = ({ entry, params }: Candidate): string =>
  params
    .map((name) => {
      const schema = entry.params instanceof z.ZodObject ? (entry.params.shape[name] as z.ZodType) : undefined
      return String((schema?.meta()?.['examples'] as unknown[] | undefined)?.[0] ?? name.toUpperCase())
    })
    .join('/')

/** The endpoint that an action on this resource means: the one that names most of it. */
const chosen = (candidates: readonly Candidate[], segments: readonly string[]) =>
  candidates
    .flatMap((candidate) => {
      const values = valuesOf(candidate, segments)
      return values ? [{ candidate, values }] : []
    })
    .toSorted((one, other) => other.values.length - one.values.length)[0]

/** What a read of a list names is not asked for: all of the list is decided at once. */
const ofList = ({ action }: Wanted, candidates: readonly Candidate[]) => {
  const candidate = actionEntry(action).read && candidates.find(({ params }) => params.length === 0)
  return candidate ? { candidate, values: [] } : undefined
}

/**
 * The request that a question is about. Raises `request.invalid` where no request does the action, or none on such a
 * resource.
 */
export const requestOf = (wanted: Wanted): AskedRequest => {
  const all = candidatesOf(wanted.action)
  if (all.length === 0) throw refuse('/action', 'is done by no request with an API key that could be asked about')
  const candidates = wanted.endpoint === undefined ? all : all.filter(({ id }) => id === wanted.endpoint)
  const ids = all.map(({ id }) => id).join(', ')
  if (candidates.length === 0) throw refuse('/endpoint', `must be one of ${ids}`)
  const segments = wanted.resource?.split('/').filter((segment) => segment !== '') ?? []
  const found = chosen(candidates, segments) ?? ofList(wanted, candidates)
  if (!found) {
    const paths = candidates.map(({ entry }) => entry.path).join(' or ')
    const example = exampleOf(candidates.find(({ params }) => params.length > 0) ?? candidates[0]!)
    const such = example === '' ? '' : `, such as ${example}`
    throw refuse('/resource', `must name what ${paths} names${such}; what is not in the path belongs in with`)
  }
  const { candidate, values } = found
  const method = candidate.entry.method === 'ANY' ? (wanted.method ?? 'GET') : candidate.entry.method
  const named = naming(candidate.entry, wanted)
  const body =
    method === 'GET' ? undefined : bodyOf(candidate.entry, named.body ? { ...named.body, ...wanted.with } : wanted.with)
  const path = pathOf(candidate, values) + (named.query ?? '')
  return { endpoint: candidate.id, method, path, body, headers: named.headers ?? {} }
}
