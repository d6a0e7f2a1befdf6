import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { PolicyFiles } from '../gate/policy-files.js'
import { PolicyFollower } from '../gate/policy-follower.service.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import { Activations, type ActivationParts } from './activations.service.js'
import { DraftChecks, type DraftCheckParts } from './draft-checks.service.js'
import { DraftsController } from './drafts.controller.js'
import { Drafts } from './drafts.service.js'
import { InForce } from './in-force.js'
import { PolicyTool } from './policy-tool.js'
import { Sealing } from './sealing.service.js'
import { PolicyController } from './policy.controller.js'
import { PolicyOverview } from './policy-overview.service.js'

/** The life of the platform's policy. */
@Module({
  controllers: [PolicyController, DraftsController],
  providers: [
    {
      provide: PolicyOverview,
      inject: [Database, PolicySet],
      useFactory: (database: Database, policies: PolicySet) => new PolicyOverview(database, policies),
    },
    {
      provide: Activations,
      inject: [
        Database,
        GateService,
        Approvals,
        Callers,
        PolicySet,
        PolicyFollower,
        PolicyFiles,
        Sealing,
        PostgresOutbox,
      ],
      useFactory: (
        ...[database, gate, approvals, callers, policies, follower, files, sealing, outbox]: ActivationDependencies
      ) => new Activations({ database, gate, approvals, callers, policies, follower, files, sealing, outbox }),
    },
    {
      provide: InForce,
      inject: [Database, PolicySet],
      useFactory: (database: Database, policies: PolicySet) => new InForce(database, policies),
    },
    {
      provide: PolicyTool,
      inject: [Isolation],
      useFactory: ({ wall: { kind }, weak }: Isolation) =>
        new PolicyTool(weak === 'allow' ? { kind, weakIsolation: true } : { kind }),
    },
    {
      provide: Sealing,
      inject: [GateService, BlobStore, KeyFiles],
      useFactory: (gate: GateService, blobs: BlobStore, keys: KeyFiles) =>
        new Sealing({
          gate,
          blobs,
          sealingKey: () => keys.signing('policy'),
          agentKey: () => keys.agentSigning('opa'),
        }),
    },
    {
      provide: Drafts,
      inject: [Database, GateService, BlobStore, InForce],
      useFactory: (database: Database, gate: GateService, blobs: BlobStore, inForce: InForce) =>
        new Drafts({ database, gate, blobs, inForce }),
    },
    {
      provide: DraftChecks,
      inject: [Database, BlobStore, Drafts, SealedPoliciesRepository, Sealing, InForce, PolicyTool],
      useFactory: (...[database, blobs, drafts, sealed, sealing, inForce, tool]: CheckDependencies) =>
        new DraftChecks({ database, blobs, drafts, sealed, sealing, inForce, tool }),
    },
  ],
})
export class PolicyModule {}

type CheckDependencies = [
  DraftCheckParts['database'],
  DraftCheckParts['blobs'],
  DraftCheckParts['drafts'],
  DraftCheckParts['sealed'],
  DraftCheckParts['sealing'],
  DraftCheckParts['inForce'],
  DraftCheckParts['tool'],
]

type ActivationDependencies = [
  ActivationParts['database'],
  ActivationParts['gate'],
  ActivationParts['approvals'],
  ActivationParts['callers'],
  ActivationParts['policies'],
  ActivationParts['follower'],
  ActivationParts['files'],
  ActivationParts['sealing'],
  ActivationParts['outbox'],
]
