import { Injectable } from '@nestjs/common'
import type { Promotion, Version } from '#contract/api/registry.js'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { findVersion, type VersionRow } from './catalogue.repository.js'
import { Dossiers, keptVersion } from './dossier.service.js'
import { certificationFacts, manifestFacts, versionName, type PublishFacts } from './publish-facts.rules.js'
import { Trust } from './trust.service.js'
import { markYanked, moveToChannel } from './versions.repository.js'
import { versionView } from './views.rules.js'

/** What happens to a version after it was published. */
@Injectable()
export class Versions {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly dossiers: Dossiers,
    private readonly trust: Trust,
  ) {}

  /** Moves a version to the next channel. Raises `not_found`, `conflict`, and what the gate refuses. */
  async promote(caller: Caller, name: string, semver: string, { to }: Promotion): Promise<Version> {
    const version = await this.find(caller, name, semver)
    const permit = await this.ask(caller, 'extension.promote', { version, promotion: { from: version.channel, to } })
    if (!(await this.gate.write(permit, (tx) => moveToChannel(tx, version, to)))) throw problem('conflict')
    return versionView(await this.find(caller, name, semver))
  }

  /** Takes a version out of circulation. Raises `not_found`, `conflict`, and what the gate refuses. */
  async yank(caller: Caller, name: string, semver: string): Promise<Version> {
    const version = await this.find(caller, name, semver)
    const permit = await this.ask(caller, 'extension.yank', { version, promotion: null })
    if (!(await this.gate.write(permit, (tx) => markYanked(tx, version)))) throw problem('conflict')
    return versionView(await this.find(caller, name, semver))
  }

  private async find(caller: Caller, name: string, semver: string): Promise<VersionRow> {
    const version = await this.database.inScope(scopeOf(caller), (tx) => findVersion(tx, name, semver))
    if (!version) throw problem('not_found')
    return version
  }

  private async ask(
    caller: Caller,
    action: 'extension.promote' | 'extension.yank',
    asked: { version: VersionRow; promotion: PublishFacts['promotion'] },
  ): Promise<Permit> {
    const facts = await this.factsOf(caller, asked)
    const { extension, semver, tenant_id } = asked.version
    const about = { correlationId: caller.correlationId, tenantId: tenant_id, extension, semver }
    return this.gate.requireAllow(await this.gate.decide(action, facts, about))
  }

  private async factsOf(
    caller: Caller,
    { version, promotion }: { version: VersionRow; promotion: PublishFacts['promotion'] },
  ): Promise<PublishFacts> {
    const { extension, semver, publisher_id, tenant_id, digest, envelope, manifest } = version
    const dossier = await this.dossiers.of({ publisherId: publisher_id, extension, semver })
    if (!dossier) throw problem('not_found')
    const statement = { digest, extension, version: semver }
    return {
      actor: caller.actor,
      tenant: caller.tenant,
      resource: { kind: 'version', id: versionName(extension, semver), tenant_id, publisher_id },
      publisher: dossier.publisher,
      extension: dossier.extension,
      version: keptVersion({ ...dossier, version }),
      signature: await this.database.inScope({ platform: true }, (tx) =>
        this.trust.storedSignature(tx, envelope, statement),
      ),
      manifest: manifestFacts(manifest, dossier.approvedPermissions),
      certification: certificationFacts(version.certification),
      votes: [],
      promotion,
    }
  }
}
