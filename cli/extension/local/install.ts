import type { DecisionFacts } from '#contract/decisions/inputs.js'
import { KV_KEYS, KV_QUOTA, type ExtensionEndpoint, type Manifest } from '#contract/manifest/index.js'
import type { Permission } from '#contract/permissions.js'
import type { JsonObject } from '#contract/json-object.js'
import type { Installed } from '#runtime/host-calls/capability.js'
import type { Surroundings } from '#sdk/test-kit/surroundings.schema.js'

/** Ids of an organisation, publisher, workspace and install that are nowhere else. */
const IDS = {
  tenant: '01990000-0000-7000-8000-0000000000f1',
  publisher: '01990000-0000-7000-8000-0000000000f2',
  workspace: '01990000-0000-7000-8000-0000000000f3',
  install: '01990000-0000-7000-8000-0000000000f4',
} as const
export const LOCAL_TENANT = IDS.tenant

/** What every event that is delivered here says of where it comes from. */
export const LOCAL_EVENT_SOURCE = {
  specversion: '1.0',
  source: `/v1/installs/${IDS.install}`,
  datacontenttype: 'application/json',
  extensionversion: '1.0.0',
  executionid: '01990000-0000-7000-8000-0000000000f5',
  hops: 1,
} as const

/** An extension as if it were installed: what host calls and policy are told of it. */
export interface LocalInstall extends Installed {
  readonly endpoints: readonly ExtensionEndpoint[]
  readonly semver: string
  readonly digest: string
  readonly declared: readonly Permission[]
  readonly granted: readonly Permission[]
}

/** An install of this manifest in these surroundings: all that it asks for is granted, unless they say otherwise. */
export const installOf = (
  manifest: Manifest,
  digest: string,
  { config, secrets, granted }: Surroundings,
): LocalInstall => ({
  extension: manifest.id,
  semver: manifest.version,
  digest,
  endpoints: manifest.api.endpoints,
  egress: manifest.egress,
  emits: manifest.events.emits,
  kvQuotaBytes: manifest.kv?.quota_bytes ?? KV_QUOTA.default,
  kvQuotaKeys: manifest.kv?.quota_keys ?? KV_KEYS.default,
  config: manifest.config
    ? { ...(manifest.config.defaults as JsonObject | undefined), ...(config as JsonObject) }
    : null,
  secrets: { declared: manifest.secrets.map(({ name }) => name), set: Object.keys(secrets) },
  declared: manifest.permissions,
  granted: granted ?? manifest.permissions,
})

/** What both gates are told: who calls, and about what. */
const commonFacts = ({ extension }: LocalInstall, { caller, rung }: Surroundings) => ({
  actor: {
    kind: caller.anonymous ? ('anonymous' as const) : ('user' as const),
    id: caller.anonymous ? 'anonymous' : 'p_local',
    tenant_id: caller.anonymous ? null : IDS.tenant,
    publisher_id: null,
    roles: caller.anonymous ? [] : caller.roles,
    scopes: caller.anonymous ? [] : caller.scopes,
    platform: false,
    step_up: false,
  },
  tenant: { id: IDS.tenant, status: 'active' as const, standing: {} },
  resource: { kind: 'install', id: IDS.install, tenant_id: IDS.tenant, publisher_id: IDS.publisher },
  extension: {
    id: extension,
    publisher_id: IDS.publisher,
    standing: rung === undefined || rung === 'none' ? {} : { rung: { value: rung, until: null } },
  },
})

/** The facts of a call of this endpoint. */
export const callFacts = (
  install: LocalInstall,
  endpoint: ExtensionEndpoint,
  surroundings: Surroundings,
): DecisionFacts<'call'> => ({
  ...commonFacts(install, surroundings),
  publisher_standing: {},
  version: {
    version: install.semver,
    digest: install.digest,
    channel: 'ga',
    review_state: 'approved',
    yanked: false,
    standing: {},
  },
  install: { id: IDS.install, workspace_id: IDS.workspace, status: 'active', standing: {} },
  endpoint: { id: endpoint.id, method: endpoint.method, required_scope: endpoint.required_scope },
  grant: { permissions: [...install.granted] },
  listed: null,
  quota: surroundings.quota ?? null,
  rate: null,
  signature: { state: 'valid', publisher_id: IDS.publisher },
})

/** The facts of every host call in a call; each adds its name and arguments. */
export const hostCallFacts = (install: LocalInstall, surroundings: Surroundings) => ({
  ...commonFacts(install, surroundings),
  version: { version: install.semver, digest: install.digest },
  install: { id: IDS.install, workspace_id: IDS.workspace },
  declared: [...install.declared],
  granted: [...install.granted],
  ...{ kv: null, http: null, secret: null, log: null },
})
