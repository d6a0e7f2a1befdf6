import { LRUCache } from 'lru-cache'
import { KV_KEYS, KV_QUOTA } from '#contract/manifest/index.js'
import { problem } from '#contract/problems.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Artifacts } from '../registry/artifacts.service.js'
import { findVersionById, type VersionRow } from '../registry/catalogue.repository.js'
import { extensionFacts, versionFacts, versionName } from '../registry/publish-facts.rules.js'
import { standingOf } from '../registry/standing.repository.js'
import type { Trust } from '../registry/trust.service.js'
import type { CallTarget } from './call-target.js'
import { settingsOf } from './config.rules.js'
import type { CatalogueFeed } from './catalogue-feed.service.js'
import type { InstallSecrets } from './install-secrets.service.js'
import { laidDownForCalls } from './laid-down.js'
import { findInstallFor, type Called, type InstallInWorkspace } from './installs.repository.js'

const MAX_TARGETS = 10_000
/** However silently a notification may get lost, nothing older than this is used. */
const TTL_MS = 60_000

type Found = Pick<CallTarget, 'facts' | 'quota' | 'rates' | 'until'> & {
  readonly install: InstallInWorkspace
  readonly version: VersionRow
}

interface Kept {
  readonly making: Promise<CallTarget | null>
  /** Not used from then on; milliseconds since the epoch. */
  until: number
}

export interface CallTargetsParts {
  readonly database: Database
  readonly trust: Trust
  readonly artifacts: Artifacts
  readonly feed: CatalogueFeed
  readonly secrets: InstallSecrets
  /** Milliseconds since the epoch; the machine's where absent. */
  readonly now?: () => number
}

/** What calls need of installs, kept in memory until something about it changes. */
export class InstallsForCalls {
  private readonly targets = new LRUCache<string, Kept>({ max: MAX_TARGETS, ttl: TTL_MS })

  private readonly now: () => number

  constructor(private readonly parts: CallTargetsParts) {
    this.now = parts.now ?? Date.now
    parts.feed.onChange((tenant) => this.forget(tenant))
  }

  /**
   * The install that answers calls of an extension in an organisation: that of the workspace which is named by slug or id, else
   * that of the default one, else the oldest; null where it is not installed there. No I/O while
   * nothing changed. Making one verifies the signature and every file of the artifact; raises `storage.corrupt`.
   */
  resolveForCall(tenantId: string, extension: string, workspace: string | null = null): Promise<CallTarget | null> {
    const name = `${tenantId}/${extension}/${workspace ?? ''}`
    const kept = this.targets.get(name)
    if (kept && this.now() < kept.until) return kept.making
    const making = this.make({ tenantId, extension, workspace })
    if (!this.parts.feed.live) return making
    const keeping: Kept = { making, until: Number.POSITIVE_INFINITY }
    this.targets.set(name, keeping)
    const drop = (): void => {
      if (this.targets.peek(name) === keeping) this.targets.delete(name)
    }
    // Absence is not kept: names are the caller's to choose, and would crowd out what is installed.
    making.then((target) => (target ? (keeping.until = target.until) : drop()), drop)
    return making
  }

  /** A secret's value, opened now; null where none is set. */
  openSecret({ tenantId, installId }: CallTarget, name: string): Promise<string | null> {
    return this.parts.secrets.open(tenantId, installId, name)
  }

  private forget(tenant: string): void {
    if (tenant === '*') return this.targets.clear()
    for (const name of this.targets.keys()) if (name.startsWith(`${tenant}/`)) this.targets.delete(name)
  }

  private async make(called: Called): Promise<CallTarget | null> {
    const found = await this.parts.database.inScope({ tenant: called.tenantId }, (tx) => this.find(tx, called))
    return found && targetOf(found, await this.materialise(found.version))
  }

  private async find(tx: Queryable, called: Called): Promise<Found | null> {
    const { tenantId, extension } = called
    const install = await findInstallFor(tx, called)
    const version = install && (await findVersionById(tx, install.version_id))
    if (!install || !version) return null
    const [ofPublisher = {}, ofExtension = {}, ofVersion = {}, ofInstall = {}] = await standingOf(tx, [
      { kind: 'publisher', id: version.publisher_id },
      { kind: 'extension', id: extension },
      { kind: 'version', id: versionName(extension, version.semver) },
      { kind: 'install', id: install.id },
    ])
    const { digest, semver, publisher_id, envelope } = version
    const { deprecated: _, ...versionParts } = versionFacts(version, ofVersion)
    const of = { tenantId, version, granted: install.permissions }
    const { listed, ...laid } = await laidDownForCalls(tx, of, this.now())
    const facts: CallTarget['facts'] = {
      listed,
      extension: extensionFacts({ name: extension, publisher_id }, ofExtension),
      publisher_standing: ofPublisher,
      version: versionParts,
      install: { id: install.id, workspace_id: install.workspace_id, status: install.status, standing: ofInstall },
      workspace: { id: install.workspace_id, status: install.workspace_status },
      grant: { permissions: install.permissions },
      signature: await this.parts.trust.storedSignature(tx, envelope, { digest, extension, version: semver }),
    }
    return { install, version, facts, ...laid }
  }

  private async materialise({
    artifact_digest,
    artifact_signature,
    extension,
  }: VersionRow): Promise<CallTarget['artifact']> {
    if (artifact_digest === null || artifact_signature === null)
      throw problem('storage.corrupt', { detail: `${extension} has no admitted artifact` })
    const folder = await this.parts.artifacts.materialise({ artifact_digest, artifact_signature })
    return { digest: artifact_digest, folder }
  }
}

const targetOf = (
  { install, version, facts, quota, rates, until }: Found,
  artifact: CallTarget['artifact'],
): CallTarget => {
  const { manifest } = version
  return Object.freeze({
    tenantId: install.tenant_id,
    workspaceId: install.workspace_id,
    installId: install.id,
    publisherId: version.publisher_id,
    extension: version.extension,
    semver: version.semver,
    digest: version.digest,
    artifact,
    endpoints: manifest.api.endpoints,
    egress: manifest.egress,
    limits: manifest.limits,
    emits: manifest.events.emits,
    consumes: manifest.events.consumes,
    kvQuotaBytes: manifest.kv?.quota_bytes ?? KV_QUOTA.default,
    kvQuotaKeys: manifest.kv?.quota_keys ?? KV_KEYS.default,
    config: settingsOf(manifest, install.config),
    secrets: { declared: manifest.secrets.map(({ name }) => name), set: install.secret_names },
    declared: manifest.permissions,
    granted: install.permissions,
    quota,
    rates,
    until,
    facts,
  })
}
