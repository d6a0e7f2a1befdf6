import { Module, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { APPROVAL_TOPICS, Approvals, type ApprovalSettled } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Database } from '../platform/database/database.service.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { Artifacts } from '../registry/artifacts.service.js'
import { RegistryModule } from '../registry/registry.module.js'
import { Trust } from '../registry/trust.service.js'
import { InstallsForCalls } from './call-targets.service.js'
import { CatalogueFeed } from './catalogue-feed.service.js'
import { Consents } from './consents.service.js'
import { Candidates } from './install-candidate.service.js'
import { InstallPlans } from './install-plans.service.js'
import { InstallSecrets } from './install-secrets.service.js'
import { InstallsController } from './installs.controller.js'
import { Installs } from './installs.service.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'

/** Extensions of organisations: installing them, and what calls need to know of them. */
@Module({
  imports: [RegistryModule],
  controllers: [InstallsController],
  providers: [
    {
      provide: InstallSecrets,
      inject: [Database, BlobStore, KeyFiles],
      useFactory: async (database: Database, blobs: BlobStore, keys: KeyFiles) =>
        new InstallSecrets({ database, blobs, kek: keyEncryptionKey((await keys.secret('secrets')).export()) }),
    },
    {
      provide: InstallPlans,
      inject: [Database, BlobStore, Trust],
      useFactory: (database: Database, blobs: BlobStore, trust: Trust) =>
        new InstallPlans({ database, candidates: new Candidates({ blobs, trust }) }),
    },
    {
      provide: Installs,
      inject: [Database, GateService, Approvals, InstallPlans, InstallSecrets],
      useFactory: (
        ...[database, gate, approvals, plans, secrets]: [Database, GateService, Approvals, InstallPlans, InstallSecrets]
      ) => new Installs({ database, gate, approvals, plans, secrets }),
    },
    {
      provide: Consents,
      inject: [Approvals, Callers, Installs, InstallSecrets],
      useFactory: (approvals: Approvals, callers: Callers, installs: Installs, secrets: InstallSecrets) =>
        new Consents({ approvals, callers, installs, secrets }),
    },
    {
      provide: CatalogueFeed,
      inject: [Database],
      useFactory: ({ records }: Database) => new CatalogueFeed(records),
    },
    {
      provide: InstallsForCalls,
      inject: [Database, Trust, Artifacts, CatalogueFeed, InstallSecrets],
      useFactory: (
        ...[database, trust, artifacts, feed, secrets]: [Database, Trust, Artifacts, CatalogueFeed, InstallSecrets]
      ) => new InstallsForCalls({ database, trust, artifacts, feed, secrets }),
    },
  ],
  exports: [InstallsForCalls],
})
export class InstallsModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    private readonly outbox: PostgresOutbox,
    private readonly consents: Consents,
    private readonly feed: CatalogueFeed,
  ) {}

  async onModuleInit(): Promise<void> {
    this.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.consents.settled(payload as ApprovalSettled))
    await this.feed.start()
  }

  /** Before the database closes its connections. */
  beforeApplicationShutdown(): void {
    this.feed.stop()
  }
}
