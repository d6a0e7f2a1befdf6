import { PERMISSIONS } from '#contract/permissions.js'
import type { Manifest } from '#contract/manifest/index.js'

/** What an author changes for a reason to be gone, and where. */
export interface Place {
  /** JSON Pointer into extension.json; null where the manifest is not what stands in the way. */
  readonly pointer: string | null
  readonly words: string
}

/** What is known of the host call or call that was decided on. */
export interface DecidedOn {
  readonly capability?: { readonly name: string; readonly permission: string }
  readonly endpoint?: { readonly id: string }
  readonly http?: {
    readonly scheme: string
    readonly host: string
    readonly method: string
    readonly path: string
    readonly rule: number | null
  } | null
  readonly secret?: { readonly name: string } | null
  readonly event?: { readonly type: string }
}

interface Known {
  readonly facts: DecidedOn | null
  readonly manifest: Manifest | null
}

const ruleOf = ({ facts, manifest }: Known): string => {
  const rule = facts?.http?.rule
  return rule === null || rule === undefined || !manifest ? '/egress/-' : `/egress/${rule}`
}

const endpointOf = ({ facts, manifest }: Known): string => {
  const at = manifest?.api.endpoints.findIndex(({ id }) => id === facts?.endpoint?.id) ?? -1
  return at < 0 ? '/api/endpoints' : `/api/endpoints/${at}`
}

const eventOf = ({ facts, manifest }: Known): string => {
  const at = manifest?.events.emits.findIndex(({ type }) => type === facts?.event?.type) ?? -1
  return at < 0 ? '/events/emits/-' : `/events/emits/${at}`
}

const egressEntry = ({ facts }: Known): string => {
  const { http } = facts ?? {}
  if (!http) return 'add a rule for the host, method and path'
  const { scheme, host, method, path } = http
  return `add ${JSON.stringify({ host, ...(scheme === 'http' && { scheme }), methods: [method], path_prefix: path })}`
}

const declared = ({ facts }: Known): string =>
  facts?.capability
    ? `add "${facts.capability.permission}", which ${facts.capability.name} needs`
    : `add the permission that the host call needs, one of ${Object.keys(PERMISSIONS).slice(0, 4).join(', ')} …`

const manifestEntry =
  (pointer: string | ((known: Known) => string), words: string | ((known: Known) => string)) =>
  (known: Known): Place => ({
    pointer: typeof pointer === 'string' ? pointer : pointer(known),
    words: typeof words === 'string' ? words : words(known),
  })
const elsewhere = (words: string) => (): Place => ({ pointer: null, words })

/** By the id of the reason. */
const PLACES: Readonly<Record<string, (known: Known) => Place>> = {
  'capability.undeclared': manifestEntry('/permissions/-', declared),
  'capability.not_granted': ({ facts }) => ({
    pointer: null,
    words: `the manifest asks for ${facts?.capability?.permission ?? 'it'}; an admin has not granted it: gatehouse install EXTENSION --consent, or in gatehouse ext dev leave out --without`,
  }),
  'capability.host_undeclared': manifestEntry('/egress/-', egressEntry),
  'capability.address_forbidden': elsewhere(
    'use a public host by its name: no entry of a manifest opens private addresses',
  ),
  'capability.header_undeclared': manifestEntry(
    (known) => `${ruleOf(known)}/headers/-`,
    'name the header, in lower case',
  ),
  'capability.secret_misdirected': manifestEntry(
    (known) => `${ruleOf(known)}/secrets/-`,
    'name the secret, and ask for "secrets:read" in /permissions',
  ),
  'capability.secret_undeclared': manifestEntry(
    '/secrets/-',
    ({ facts }) => `add ${JSON.stringify({ name: facts?.secret?.name ?? 'NAME', title: 'What it is' })}`,
  ),
  'capability.secret_unset': elsewhere(
    'set a value: at install with --secret, in gatehouse ext dev under secrets of a fixture',
  ),
  'capability.http_secret_unset': elsewhere(
    'set a value: at install with --secret, in gatehouse ext dev under secrets of a fixture',
  ),
  'capability.kv_quota_exceeded': manifestEntry('/kv/quota_bytes', 'ask for more, or store less'),
  'capability.kv_keys_exceeded': manifestEntry('/kv/quota_keys', 'ask for more, or delete entries'),
  'capability.config_undeclared': manifestEntry('/config', 'declare version and schema of the settings'),
  'capability.event_undeclared': manifestEntry(
    '/events/emits/-',
    ({ facts }) => `declare the type ${facts?.event?.type ?? ''} with its schema`,
  ),
  'capability.event_misshaped': manifestEntry(
    (known) => `${eventOf(known)}/schema`,
    'let the schema take the data, or send other data',
  ),
  'capability.event_foreign': elsewhere(
    "begin the type with the extension's own id, in the code and under /events/emits",
  ),
  'call.endpoint_scope_missing': manifestEntry(
    (known) => `${endpointOf(known)}/required_scope`,
    'the caller lacks this scope: call with it (--scope in gatehouse ext dev), or ask for less',
  ),
  'call.scope_missing': elsewhere('the caller lacks extensions:invoke: a role or key with it'),
}

/** What to change for a reason, if the author can: the entry of the manifest by its pointer, or what else. */
export const placeOf = (reason: string, known: Known): Place | null => PLACES[reason]?.(known) ?? null
