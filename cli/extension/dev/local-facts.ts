import type { Manifest } from '#contract/manifest/index.js'
import type { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import type { Permission } from '#contract/permissions.js'
import type { JsonObject } from '#contract/json-object.js'
import type { Installed } from '#runtime/host-calls/capability.js'
import type { Fixture } from './fixtures.js'

const id = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`
/** Nobody's: an organisation with one install, of a publisher that is another one. */
const [TENANT, PUBLISHER, INSTALL, WORKSPACE] = [id('a1'), id('b1'), id('c1'), id('d1')]

/** What an author says about the caller and the grant, on top of the fixtures. */
export interface Wanted {
  readonly roles?: readonly string[]
  readonly scopes?: readonly string[]
  /** Permissions that no admin granted. */
  readonly without?: readonly string[]
}

interface Known {
  readonly manifest: Manifest
  readonly digest: string
  readonly fixture: Fixture
  readonly wanted: Wanted
}

const grantedOf = ({ manifest, fixture, wanted }: Known): readonly Permission[] =>
  (fixture.granted ?? manifest.permissions).filter(
    (permission) => manifest.permissions.includes(permission) && !wanted.without?.includes(permission),
  )

/** What host calls need to know of the extension as if it were installed. */
export const installedOf = ({ manifest, fixture }: Known): Installed => ({
  extension: manifest.id,
  egress: manifest.egress,
  emits: manifest.events.emits,
  kvQuotaBytes: manifest.kv?.quota_bytes ?? 1024 * 1024,
  kvQuotaKeys: manifest.kv?.quota_keys ?? 10_000,
  config: manifest.config
    ? { ...(manifest.config.defaults as JsonObject | undefined), ...(fixture.config as JsonObject) }
    : null,
  secrets: { declared: manifest.secrets.map(({ name }) => name), set: Object.keys(fixture.secrets) },
})

const callerFacts = ({ fixture: { caller }, wanted }: Known) => ({
  actor: {
    kind: caller.anonymous ? 'anonymous' : 'user',
    ...{ id: 'p_local', tenant_id: TENANT, publisher_id: null, platform: false, step_up: false },
    roles: wanted.roles ?? caller.roles,
    scopes: wanted.scopes ?? caller.scopes,
  },
  tenant: { id: TENANT, status: 'active', standing: {} },
  resource: { kind: 'install', id: INSTALL, tenant_id: TENANT, publisher_id: PUBLISHER },
})

const extensionFacts = ({ manifest, fixture }: Known) => ({
  id: manifest.id,
  publisher_id: PUBLISHER,
  standing: fixture.rung ? { rung: { value: fixture.rung, until: null } } : {},
})

/** What the call gate sees of a request: a signed and approved version of an active install. */
export const localCallFacts = (known: Known, { id: endpoint, method, required_scope }: ExtensionEndpoint): object => ({
  ...callerFacts(known),
  extension: extensionFacts(known),
  publisher_standing: {},
  version: {
    ...{ version: known.manifest.version, digest: known.digest },
    ...{ channel: 'ga', review_state: 'approved', yanked: false, standing: {} },
  },
  install: { id: INSTALL, workspace_id: WORKSPACE, status: 'active', standing: {} },
  endpoint: { id: endpoint, method, required_scope },
  grant: { permissions: grantedOf(known) },
  listed: null,
  quota: known.fixture.quota ?? null,
  rate: null,
  signature: { state: 'valid', publisher_id: PUBLISHER },
})

/** What the capability gate sees of every host call. */
export const localHostFacts = (known: Known): object => ({
  ...callerFacts(known),
  extension: extensionFacts(known),
  version: { version: known.manifest.version, digest: known.digest },
  install: { id: INSTALL, workspace_id: WORKSPACE },
  declared: known.manifest.permissions,
  granted: grantedOf(known),
})

/** The organisation that slots are bound to here. */
export const LOCAL_TENANT = TENANT
export type { Known }
