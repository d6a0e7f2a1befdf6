import type { Permission } from '../permissions.js'
import type { Manifest } from './manifest-v2.js'
import { ANSWERING_RUNTIMES } from './runtime.js'

/** Two fields that contradict each other; the path names the one to change. */
interface Disagreement {
  readonly path: readonly PropertyKey[]
  readonly message: string
}
type Rule = (manifest: Manifest) => Disagreement[]

const onlyIf = (wrong: boolean, path: readonly PropertyKey[], message: string): Disagreement[] =>
  wrong ? [{ path, message }] : []

/** What is declared needs its permission, else it could never be used. */
const permissionsCover: Rule = (manifest) => {
  const asks = (...ids: Permission[]) => ids.some((id) => manifest.permissions.includes(id))
  return [
    ...onlyIf(manifest.egress.length > 0 && !asks('http:fetch'), ['egress'], 'needs the permission http:fetch'),
    ...onlyIf(manifest.secrets.length > 0 && !asks('secrets:read'), ['secrets'], 'needs the permission secrets:read'),
    ...onlyIf(
      manifest.kv !== undefined && !asks('kv:read', 'kv:write'),
      ['kv'],
      'needs the permission kv:read or kv:write',
    ),
    ...onlyIf(manifest.config !== undefined && !asks('config:read'), ['config'], 'needs the permission config:read'),
    ...onlyIf(manifest.models.length > 0 && !asks('model:invoke'), ['models'], 'needs the permission model:invoke'),
    ...onlyIf(
      manifest.events.emits.length > 0 && !asks('events:publish'),
      ['events', 'emits'],
      'needs the permission events:publish',
    ),
    ...onlyIf(
      manifest.events.consumes.length > 0 && !asks('events:subscribe'),
      ['events', 'consumes'],
      'needs the permission events:subscribe',
    ),
    ...onlyIf(
      manifest.services.uses.length > 0 && !asks('services:call'),
      ['services', 'uses'],
      'needs the permission services:call',
    ),
  ]
}

/** A rule can hand out only secrets that there are. */
const egressSecretsDeclared: Rule = ({ egress, secrets }) =>
  egress.flatMap((rule, at) =>
    (rule.secrets ?? []).flatMap((name, index) =>
      onlyIf(
        !secrets.some((secret) => secret.name === name),
        ['egress', at, 'secrets', index],
        'must be declared under secrets',
      ),
    ),
  )

/** Where the manifest names an endpoint by its id. */
const endpointReferences = (manifest: Manifest): { path: PropertyKey[]; endpoint: string }[] => [
  ...manifest.hooks.map(({ endpoint }, index) => ({ path: ['hooks', index, 'endpoint'], endpoint })),
  ...manifest.schedules.map(({ endpoint }, index) => ({ path: ['schedules', index, 'endpoint'], endpoint })),
  ...manifest.events.consumes.map(({ endpoint }, index) => ({
    path: ['events', 'consumes', index, 'endpoint'],
    endpoint,
  })),
  ...manifest.services.provides.map(({ endpoint }, index) => ({
    path: ['services', 'provides', index, 'endpoint'],
    endpoint,
  })),
  ...(manifest.config?.migrations ?? []).map(({ endpoint }, index) => ({
    path: ['config', 'migrations', index, 'endpoint'],
    endpoint,
  })),
]

const endpointsExist: Rule = (manifest) => {
  const known = new Set(manifest.api.endpoints.map(({ id }) => id))
  return endpointReferences(manifest).flatMap(({ path, endpoint }) =>
    onlyIf(!known.has(endpoint), path, 'must be the id of one of api.endpoints'),
  )
}

/** An event has no path of its own: it is posted to one. */
const eventsArePosted: Rule = ({ api, events }) =>
  events.consumes.flatMap(({ endpoint }, index) => {
    const taken = api.endpoints.find(({ id }) => id === endpoint)
    const fits = !taken || (taken.method === 'POST' && !taken.path.includes('{'))
    return onlyIf(!fits, ['events', 'consumes', index, 'endpoint'], 'must be a POST endpoint without path parameters')
  })

const runtimeAnswers: Rule = ({ api, runtime }) =>
  onlyIf(
    api.endpoints.length > 0 && !ANSWERING_RUNTIMES.includes(runtime.kind),
    ['api', 'endpoints'],
    `must be empty: the runtime ${runtime.kind} answers no requests`,
  )

/** An event is published under its emitter's own id, so nobody can speak for another. */
const eventsAreOwn: Rule = ({ id, events }) =>
  events.emits.flatMap(({ type }, index) =>
    onlyIf(!type.startsWith(`${id}.`), ['events', 'emits', index, 'type'], `must start with ${id}.`),
  )

const noSelfReference: Rule = ({ id, dependencies, services }) => [
  ...dependencies.flatMap((dependency, index) =>
    onlyIf(dependency.id === id, ['dependencies', index, 'id'], 'must not be the extension itself'),
  ),
  ...services.uses.flatMap((service, index) =>
    onlyIf(service.extension === id, ['services', 'uses', index, 'extension'], 'must not be the extension itself'),
  ),
]

const migrationsLeadUp: Rule = ({ config }) =>
  (config?.migrations ?? []).flatMap(({ from }, index) =>
    onlyIf(
      from >= (config?.version ?? 0),
      ['config', 'migrations', index, 'from'],
      'must be lower than config.version',
    ),
  )

const RULES: readonly Rule[] = [
  permissionsCover,
  egressSecretsDeclared,
  endpointsExist,
  eventsArePosted,
  runtimeAnswers,
  eventsAreOwn,
  noSelfReference,
  migrationsLeadUp,
]

/** Every place where two fields of a manifest contradict each other. */
export const disagreements = (manifest: Manifest): Disagreement[] => RULES.flatMap((rule) => rule(manifest))
