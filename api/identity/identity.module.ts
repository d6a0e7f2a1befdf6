import { Global, Module } from '@nestjs/common'
import { ApprovalMailer } from '../approvals/approval-mailer.js'
import { Approvals } from '../approvals/approvals.service.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { GateService } from '../gate/gate.service.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { CALLER_RESOLVER } from '../platform/http/ports.js'
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
import { ApiKeys } from './keys.service.js'
import { OrganisationsController } from './organisations.controller.js'
import { Organisations } from './organisations.service.js'
import { Ownership } from './ownership.service.js'
import { People } from './people.service.js'
import { Pseudonyms } from './pseudonyms.service.js'
import { Suspension } from './suspension.service.js'

/** Organisations, people and their keys; who calls; and the first of them. */
@Global()
@Module({
  controllers: [IdentityController, OrganisationsController, InvitationsController],
  providers: [
    Organisations,
    Ownership,
    Suspension,
    People,
    ApiKeys,
    {
      provide: Callers,
      inject: [Database, KillState, TenantDocuments],
      useFactory: (database: Database, kills: KillState, documents: TenantDocuments) => {
        const callers = new Callers(new CallerRepository(database), undefined, kills)
        documents.onChange((kind) => (kind === 'role' || kind === 'group_rules') && callers.forget())
        return callers
      },
    },
    { provide: CALLER_RESOLVER, useExisting: Callers },
    {
      provide: CallerWatch,
      inject: [Database, Callers],
      useFactory: (database: Database, callers: Callers) => new CallerWatch(new CallerRepository(database), callers),
    },
    {
      provide: Pseudonyms,
      inject: [KeyFiles],
      useFactory: async (keys: KeyFiles) => new Pseudonyms(await keys.secret('pseudonyms')),
    },
    {
      provide: Bootstrap,
      inject: [Database, GateService, Pseudonyms, CONFIG],
      useFactory: (database: Database, gate: GateService, pseudonyms: Pseudonyms, config: Config) =>
        new Bootstrap({ database, gate, pseudonyms, profile: config.profile, dataFolder: config.dataFolder }),
    },
    {
      provide: Invitations,
      inject: [Database, GateService, ApprovalMailer],
      useFactory: (database: Database, gate: GateService, mailer: ApprovalMailer) =>
        new Invitations({ database, gate, mailer }),
    },
    {
      provide: Invited,
      inject: [Database, GateService, Pseudonyms],
      useFactory: (database: Database, gate: GateService, pseudonyms: Pseudonyms) =>
        new Invited({ database, gate, pseudonyms }),
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
  exports: [Announcements, Invited, Callers, CALLER_RESOLVER, Bootstrap, Pseudonyms],
})
export class IdentityModule {}
