import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { TenantModules } from '../gate/tenant-modules.js'
import { TenantPolicyFollower } from '../gate/tenant-policy-follower.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { PolicyModule } from './policy.module.js'
import { PolicyTool } from './policy-tool.js'
import { TenantActivations, type TenantActivationParts } from './tenant-activations.service.js'
import { TenantDrafts } from './tenant-drafts.service.js'
import { TenantPolicyController } from './tenant-policy.controller.js'
import { TenantPolicyOverview } from './tenant-policy-overview.service.js'
import { Turns } from './turns.js'

type ActivationDependencies = [
  TenantActivationParts['database'],
  TenantActivationParts['gate'],
  TenantActivationParts['approvals'],
  TenantActivationParts['callers'],
  TenantActivationParts['drafts'],
  TenantActivationParts['modules'],
  TenantActivationParts['follower'],
  TenantActivationParts['outbox'],
]

/** The life of the restrictions that organisations put on top of the platform's policy. */
@Module({
  imports: [PolicyModule],
  controllers: [TenantPolicyController],
  providers: [
    {
      provide: TenantPolicyOverview,
      inject: [Database, TenantModules],
      useFactory: (database: Database, modules: TenantModules) => new TenantPolicyOverview(database, modules),
    },
    {
      provide: TenantDrafts,
      inject: [Database, GateService, BlobStore, PolicyTool, Turns],
      useFactory: (database: Database, gate: GateService, blobs: BlobStore, tool: PolicyTool, turns: Turns) =>
        new TenantDrafts({ database, gate, blobs, tool, turns }),
    },
    {
      provide: TenantActivations,
      inject: [
        Database,
        GateService,
        Approvals,
        Callers,
        TenantDrafts,
        TenantModules,
        TenantPolicyFollower,
        PostgresOutbox,
      ],
      useFactory: (
        ...[database, gate, approvals, callers, drafts, modules, follower, outbox]: ActivationDependencies
      ) => new TenantActivations({ database, gate, approvals, callers, drafts, modules, follower, outbox }),
    },
  ],
})
export class TenantPolicyModule {}
