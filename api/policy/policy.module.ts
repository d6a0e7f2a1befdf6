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
import { monotonicClock } from '../killswitch/clock.js'
import { Activations, type ActivationParts } from './activations.service.js'
import { Candidates, type CandidateParts } from './candidates.js'
import { DraftChecks, type DraftCheckParts } from './draft-checks.service.js'
import { DraftsController } from './drafts.controller.js'
import { Drafts } from './drafts.service.js'
import { InForce } from './in-force.js'
import { PolicyTool } from './policy-tool.js'
import { Sealing } from './sealing.service.js'
import { PolicyController } from './policy.controller.js'
import { PolicyOverview } from './policy-overview.service.js'
import { Turns } from './turns.js'
import { WhatIfRunner, type RunnerParts } from './what-if-runner.service.js'
import { WhatIfsController } from './what-ifs.controller.js'
import { WhatIfsRepository } from './what-ifs.repository.js'
import { WhatIfs } from './what-ifs.service.js'

/** The runner that takes up shadows: they last, so that what-ifs do not wait for them. */
const SHADOWS = Symbol('shadows')

const runnerOf = ([database, candidates, gate, callers]: RunnerDependencies, follow: boolean): WhatIfRunner =>
  new WhatIfRunner({
    ...{ database, candidates, gate, callers, clock: monotonicClock, follow },
    runs: new WhatIfsRepository(database.records),
  })

/** The life of the platform's policy. */
@Module({
  controllers: [PolicyController, DraftsController, WhatIfsController],
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
        SealedPoliciesRepository,
        PostgresOutbox,
      ],
      useFactory: (
        ...[
          database,
          gate,
          approvals,
          callers,
          policies,
          follower,
          files,
          sealing,
          sealed,
          outbox,
        ]: ActivationDependencies
      ) => new Activations({ database, gate, approvals, callers, policies, follower, files, sealing, sealed, outbox }),
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
    { provide: Turns, useFactory: () => new Turns() },
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
      inject: [Database, BlobStore, Drafts, SealedPoliciesRepository, Sealing, InForce, PolicyTool, Turns],
      useFactory: (...[database, blobs, drafts, sealed, sealing, inForce, tool, turns]: CheckDependencies) =>
        new DraftChecks({ database, blobs, drafts, sealed, sealing, inForce, tool, turns }),
    },
    {
      provide: Candidates,
      inject: [Database, BlobStore, SealedPoliciesRepository, DraftChecks],
      useFactory: (...[database, blobs, sealed, checks]: CandidateDependencies) =>
        new Candidates({ database, blobs, sealed, checks }),
    },
    {
      provide: WhatIfRunner,
      inject: [Database, Candidates, GateService, Callers],
      useFactory: (...dependencies: RunnerDependencies) => runnerOf(dependencies, false),
    },
    {
      provide: SHADOWS,
      inject: [Database, Candidates, GateService, Callers],
      useFactory: (...dependencies: RunnerDependencies) => runnerOf(dependencies, true),
    },
    {
      provide: WhatIfs,
      inject: [Database, GateService, Drafts, Candidates, WhatIfRunner, SHADOWS],
      useFactory: (...[database, gate, drafts, candidates, runner, shadows]: WhatIfDependencies) =>
        new WhatIfs({
          ...{ database, gate, drafts, candidates, runs: new WhatIfsRepository(database.records) },
          onChange: (change) => [runner, shadows].forEach((each) => each.onChange(change)),
        }),
    },
  ],
  exports: [PolicyTool, Turns],
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
  DraftCheckParts['turns'],
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
  ActivationParts['sealed'],
  ActivationParts['outbox'],
]

type CandidateDependencies = [
  CandidateParts['database'],
  CandidateParts['blobs'],
  CandidateParts['sealed'],
  CandidateParts['checks'],
]

type RunnerDependencies = [Database, RunnerParts['candidates'], RunnerParts['gate'], RunnerParts['callers']]

type WhatIfDependencies = [Database, GateService, Drafts, Candidates, WhatIfRunner, WhatIfRunner]
