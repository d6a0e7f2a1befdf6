import { Global, Logger, Module } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { DocumentKind } from '#contract/api/documents.js'
import { ApprovalMailer } from '../approvals/approval-mailer.js'
import { Approvals } from '../approvals/approvals.service.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { GateService } from '../gate/gate.service.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { Attempts } from '../platform/attempts/attempts.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { CALLER_RESOLVER } from '../platform/http/ports.js'
import { PublicUrl } from '../platform/http/public-url.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { Announcements } from './announcements.service.js'
import { ApprovalNotices } from './approval-notices.service.js'
import { Bootstrap } from './bootstrap.service.js'
import { Callers } from './caller-resolver.service.js'
import { CallerWatch } from './caller-watch.js'
import { CallerRepository } from './caller.repository.js'
import { IdentityController } from './identity.controller.js'
import { InvitationsController } from './invitations.controller.js'
import { Invitations } from './invitations.service.js'
import { Invited } from './invited.service.js'
import { noteKeyUse } from './keys.repository.js'
import { ApiKeys } from './keys.service.js'
import { Leaving } from './leaving.service.js'
import { OrganisationsController } from './organisations.controller.js'
import { ClosingFollower } from './lifecycle/closing-follower.js'
import { Closing } from './lifecycle/closing.service.js'
import { OrganisationExport } from './lifecycle/export.service.js'
import { LastNotice } from './lifecycle/last-notice.js'
import { RemovalWatch } from './lifecycle/removal-watch.js'
import { Removal } from './lifecycle/removal.service.js'
import { Sandboxes } from './lifecycle/sandboxes.service.js'
import { Organisations } from './organisations.service.js'
import { Ownership } from './ownership.service.js'
import { People } from './people.service.js'
import { nonceKey } from './proofs/nonces.rules.js'
import { Proofs } from './proofs/proofs.service.js'
import { Pseudonyms } from './pseudonyms.service.js'
import { Suspension } from './suspension.service.js'
import { TokenUses } from './token-uses.js'
import { WorkspaceMembers } from './workspaces/members.service.js'
import { WorkspacesController } from './workspaces/workspaces.controller.js'
import { Workspaces } from './workspaces/workspaces.service.js'

const logger = new Logger('identity')
/** Documents that are looked up along with whoever calls. */
const KNOWN_OF_CALLERS: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['role', 'group_rules', 'scim_schema'])

/** Organisations, people and their keys; who calls; and the first of them. */
@Global()
@Module({
  controllers: [IdentityController, OrganisationsController, InvitationsController, WorkspacesController],
  providers: [
    Organisations,
    Workspaces,
    WorkspaceMembers,
    Ownership,
    Suspension,
    People,
    Leaving,
    ApiKeys,
    {
      provide: Callers,
      inject: [Database, KillState, TenantDocuments, Proofs],
      useFactory: (database: Database, kills: KillState, documents: TenantDocuments, proofs: Proofs) => {
        const callers = new Callers(new CallerRepository(database), undefined, kills, proofs)
        const uses = new TokenUses(
          (key, tenant) => noteKeyUse(database.records, key, tenant),
          (error) => logger.warn({ error }, 'that a key was used could not be kept'),
        )
        callers.onKeyUsed((key, tenant) => uses.note(key, tenant))
        documents.onChange((kind) => KNOWN_OF_CALLERS.has(kind) && callers.forget())
        return callers
      },
    },
    { provide: CALLER_RESOLVER, useExisting: Callers },
    {
      provide: PublicUrl,
      inject: [CONFIG, HttpAdapterHost],
      useFactory: (config: Config, host: HttpAdapterHost) => new PublicUrl(config, host),
    },
    {
      provide: Proofs,
      inject: [Database, PublicUrl, KeyFiles],
      useFactory: async (database: Database, publicUrl: PublicUrl, keys: KeyFiles) =>
        new Proofs({ database, publicUrl, nonceKey: nonceKey((await keys.secret('secrets')).export()) }),
    },
    {
      provide: CallerWatch,
      inject: [Database, Callers],
      useFactory: (database: Database, callers: Callers) => new CallerWatch(new CallerRepository(database), callers),
    },
    { provide: Attempts, inject: [Database], useFactory: (database: Database) => new Attempts(database) },
    Pseudonyms,
    {
      provide: Bootstrap,
      inject: [Database, GateService, Pseudonyms, CONFIG],
      useFactory: (database: Database, gate: GateService, pseudonyms: Pseudonyms, config: Config) =>
        new Bootstrap({ database, gate, pseudonyms, profile: config.profile, dataFolder: config.dataFolder }),
    },
    {
      provide: Invitations,
      inject: [Database, GateService, ApprovalMailer, PublicUrl],
      useFactory: (database: Database, gate: GateService, mailer: ApprovalMailer, publicUrl: PublicUrl) =>
        new Invitations({ database, gate, mailer, publicUrl }),
    },
    {
      provide: Invited,
      inject: [Database, GateService, Pseudonyms],
      useFactory: (database: Database, gate: GateService, pseudonyms: Pseudonyms) =>
        new Invited({ database, gate, pseudonyms }),
    },
    {
      provide: Closing,
      inject: [Database, GateService, Callers, Approvals, PostgresOutbox, CONFIG],
      useFactory: (
        ...[database, gate, callers, approvals, outbox, { ORGANISATION_GRACE_DAYS: graceDays }]: [
          ...[Database, GateService, Callers, Approvals, PostgresOutbox, Config],
        ]
      ) => new Closing({ database, gate, callers, approvals, outbox, graceDays }),
    },
    {
      provide: ClosingFollower,
      inject: [PostgresOutbox, Closing],
      useFactory: (outbox: PostgresOutbox, closing: Closing) => new ClosingFollower(outbox, closing),
    },
    {
      provide: LastNotice,
      inject: [Database, PostgresOutbox, Announcements],
      useFactory: (database: Database, outbox: PostgresOutbox, announcements: Announcements) =>
        new LastNotice({ database, outbox, announcements }),
    },
    {
      provide: OrganisationExport,
      inject: [Database],
      useFactory: (database: Database) => new OrganisationExport(database),
    },
    {
      provide: Sandboxes,
      inject: [Database, GateService, Pseudonyms, CONFIG],
      useFactory: (database: Database, gate: GateService, pseudonyms: Pseudonyms, { SANDBOX_DAYS }: Config) =>
        new Sandboxes({ database, gate, pseudonyms, days: SANDBOX_DAYS }),
    },
    {
      provide: Removal,
      inject: [Database, GateService, Callers],
      useFactory: (database: Database, gate: GateService, callers: Callers) => new Removal({ database, gate, callers }),
    },
    {
      provide: RemovalWatch,
      inject: [Removal],
      useFactory: (removal: Removal) => new RemovalWatch(removal),
    },
    {
      provide: Announcements,
      inject: [Database, PostgresOutbox, ApprovalMailer],
      useFactory: (database: Database, outbox: PostgresOutbox, mailer: ApprovalMailer) =>
        new Announcements({ database, outbox, mailer }),
    },
    {
      provide: ApprovalNotices,
      inject: [Database, PostgresOutbox, Approvals, ApprovalMailer],
      useFactory: (database: Database, outbox: PostgresOutbox, approvals: Approvals, mailer: ApprovalMailer) =>
        new ApprovalNotices({ database, outbox, approvals, mailer }),
    },
  ],
  exports: [
    ...[Announcements, Attempts, People, Invited, Callers, CALLER_RESOLVER, Bootstrap, Pseudonyms],
    ...[Proofs, PublicUrl],
  ],
})
export class IdentityModule {}
