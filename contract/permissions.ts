import { z } from 'zod'
import type { RISKS } from './vocabulary.js'

/** A host API that a guest can import. `built`: this platform version runs it; `ambient`: every guest has it, no permission needed. */
export const CAPABILITIES = {
  clock: { title: 'Read the time', built: true, ambient: true },
  random: { title: 'Draw random bytes', built: true, ambient: true },
  kv: { title: 'Key-value storage of its own', built: true, ambient: false },
  log: { title: 'Write log lines', built: true, ambient: false },
  http: { title: 'HTTP requests to declared hosts', built: true, ambient: false },
  secrets: { title: 'Secrets entered at install', built: true, ambient: false },
  config: { title: 'Configuration of the install', built: true, ambient: false },
  events: { title: 'Events', built: true, ambient: false },
  metrics: { title: 'Metrics of its own', built: true, ambient: false },
  model: { title: 'Language and embedding models', built: false, ambient: false },
  services: { title: 'Requests to other extensions', built: false, ambient: false },
  query: { title: "Queries over the organisation's records", built: false, ambient: false },
  files: { title: 'Files of the workspace', built: false, ambient: false },
  command: { title: 'Commands on a build runner', built: false, ambient: false },
} as const satisfies Record<string, { title: string; built: boolean; ambient: boolean }>
export type Capability = keyof typeof CAPABILITIES

/** One thing that an extension may ask for and an admin may grant. */
export interface PermissionEntry {
  /** Policy holds versions that ask for more than `low` for review (`publish.review_required`). */
  readonly risk: (typeof RISKS)[number]
  readonly title: string
  /** What the admin reads before granting it. */
  readonly words: string
  /** The host API that it opens; null for a permission over records of the host's own domain. */
  readonly capability: Capability | null
}

/** The one catalogue of extension permissions. What is not here cannot be declared, granted or used. */
export const PERMISSIONS = {
  'kv:read': {
    risk: 'low',
    title: 'Read its own storage',
    words: 'Reads entries that this extension stored in this workspace. It never sees what others stored.',
    capability: 'kv',
  },
  'kv:write': {
    risk: 'low',
    title: 'Write its own storage',
    words: 'Stores, changes and deletes its own entries, up to its quota.',
    capability: 'kv',
  },
  'log:read': {
    risk: 'low',
    title: 'Read its own logs',
    words: 'Its publisher reads the log lines this extension wrote; your organisation appears under a pseudonym.',
    capability: null,
  },
  'log:write': {
    risk: 'low',
    title: 'Write log lines',
    words: 'Writes log lines that you can read; its publisher reads them where it may read its own logs.',
    capability: 'log',
  },
  'config:read': {
    risk: 'low',
    title: 'Read its configuration',
    words: 'Reads the settings that you entered for this install.',
    capability: 'config',
  },
  'metrics:write': {
    risk: 'low',
    title: 'Report metrics',
    words: 'Counts and measures its own work.',
    capability: 'metrics',
  },
  'http:fetch': {
    risk: 'medium',
    title: 'Send HTTP requests',
    words:
      'Sends requests to the hosts listed in its manifest, and to no others. What it reads here it can send there.',
    capability: 'http',
  },
  'secrets:read': {
    risk: 'medium',
    title: 'Use its secrets',
    words: 'Reads the secrets that you enter for it at install.',
    capability: 'secrets',
  },
  'events:publish': {
    risk: 'medium',
    title: 'Publish events',
    words: 'Publishes events under its own name; others in your organisation may act on them.',
    capability: 'events',
  },
  'events:subscribe': {
    risk: 'medium',
    title: 'Receive events',
    words: 'Is started by events of your organisation and sees what they carry.',
    capability: 'events',
  },
  'services:call': {
    risk: 'medium',
    title: 'Ask other extensions',
    words: 'Sends requests to services of other installed extensions.',
    capability: 'services',
  },
  'model:invoke': {
    risk: 'high',
    title: 'Use language models',
    words: 'Sends text to a language model and is billed for the tokens.',
    capability: 'model',
  },
  'query:read': {
    risk: 'high',
    title: 'Query records',
    words: 'Runs read-only queries over records of your organisation.',
    capability: 'query',
  },
  'workspace:read': {
    risk: 'medium',
    title: 'Read workspace files',
    words: 'Reads files of the workspace it is installed in.',
    capability: 'files',
  },
  'workspace:write': {
    risk: 'high',
    title: 'Change workspace files',
    words: 'Creates, changes and deletes files of the workspace it is installed in.',
    capability: 'files',
  },
  'command:run': {
    risk: 'critical',
    title: 'Run commands',
    words: 'Runs commands on a build runner of your organisation.',
    capability: 'command',
  },
  'people:read': {
    risk: 'medium',
    title: 'See people',
    words: 'Sees names and roles of people in your organisation.',
    capability: null,
  },
  'expense:read': {
    risk: 'medium',
    title: 'Read expenses',
    words: 'Reads expense records of your organisation.',
    capability: null,
  },
  'expense:write': {
    risk: 'high',
    title: 'Change expenses',
    words: 'Creates and changes expense records of your organisation.',
    capability: null,
  },
  'pii:unmask': {
    risk: 'critical',
    title: 'See personal data unmasked',
    words: 'Sees names, account numbers and other personal data that is masked otherwise.',
    capability: null,
  },
} as const satisfies Record<string, PermissionEntry>
export type Permission = keyof typeof PERMISSIONS
export const PERMISSION_IDS = Object.keys(PERMISSIONS) as [Permission, ...Permission[]]

/** The id of a catalogued permission. */
export const PermissionId = z.enum(PERMISSION_IDS, {
  error: 'is not in the permission catalogue; see docs/reference/permissions.md for those there are',
})

/** The catalogue's entry of a permission, as its general type. */
export const permissionEntry = (id: Permission): PermissionEntry => PERMISSIONS[id]

/** The host APIs that these permissions open, sorted, without the ambient ones. */
export const capabilitiesOf = (permissions: readonly Permission[]): Capability[] =>
  [...new Set(permissions.flatMap((id) => permissionEntry(id).capability ?? []))].toSorted()

/** Permissions as policy sees them: with their risk. */
export const withRisk = (permissions: readonly Permission[]) =>
  permissions.map((id) => ({ id, risk: PERMISSIONS[id].risk }))
