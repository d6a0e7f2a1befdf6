import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { PolicyFiles } from '../gate/policy-files.js'
import { PolicyFollower } from '../gate/policy-follower.service.js'
import { PolicyKeys } from '../gate/policy-keys.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { Announcements } from '../identity/announcements.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import { monotonicClock } from '../killswitch/clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { Activations, type ActivationParts } from './activations.service.js'
import { BreakGlass } from './break-glass.service.js'
import { CanariesController } from './canaries.controller.js'
import { Canaries } from './canaries.service.js'
import { CanaryGuard } from './canary-guard.service.js'
import { CanaryPlans } from './canary-plan.js'
import { CanaryStart } from './canary-start.js'
import { Candidates, type CandidateParts } from './candidates.js'
import { DraftChecks, type DraftCheckParts } from './draft-checks.service.js'
import { DraftsController } from './drafts.controller.js'
import { Drafts } from './drafts.service.js'
import { InForce } from './in-force.js'
import { KeptRevisions } from './kept-revisions.js'
import { PolicyTool } from './policy-tool.js'
import { Sealing } from './sealing.service.js'
import { PolicyController } from './policy.controller.js'
import { PolicyOverview } from './policy-overview.service.js'
import { Turns } from './turns.js'
import { WaiversController } from './waivers.controller.js'
import { Waivers, type WaiverParts } from './waivers.service.js'
import { WhatIfRunner, type RunnerParts } from './what-if-runner.service.js'
import { WhatIfsController } from './what-ifs.controller.js'
import { WhatIfsRepository } from './what-ifs.repository.js'
import { WhatIfs } from './what-ifs.service.js'

/** Checks and seals of one organisation that may wait or be at work; each takes both cores for seconds. */
const MAX_WAITING = 4

/** The runner that takes up shadows: they last, so that what-ifs do not wait for them. */
const SHADOWS = Symbol('shadows')

const runnerOf = ([database, candidates, gate, callers]: RunnerDependencies, follow: boolean): WhatIfRunner =>
  new WhatIfRunner({
    ...{ database, candidates, gate, callers, clock: monotonicClock, follow },
    runs: new WhatIfsRepository(database.records),
  })

/** The life of the platform's policy. */
@Module({
  controllers: [PolicyController, DraftsController, WhatIfsController, WaiversController, CanariesController],
  providers: [
    {
      provide: PolicyOverview,
      inject: [Database, InForce],
      useFactory: (database: Database, inForce: InForce) => new PolicyOverview(database, inForce),
    },
    {
      provide: KeptRevisions,
      inject: [Database, PolicyFiles, Sealing],
      useFactory: (database: Database, files: PolicyFiles, sealing: Sealing) =>
        new KeptRevisions({ database, files, sealing }),
    },
    {
      provide: CanaryPlans,
      inject: [Database, BlobStore, PolicyTool, Turns],
      useFactory: (database: Database, blobs: BlobStore, tool: PolicyTool, turns: Turns) =>
        new CanaryPlans({ database, blobs, tool, turns }),
    },
    {
      provide: CanaryStart,
      inject: [GateService, KeptRevisions, PolicyFollower],
      useFactory: (gate: GateService, kept: KeptRevisions, follower: PolicyFollower) =>
        new CanaryStart({ gate, kept, follower }),
    },
    {
      provide: Activations,
      inject: [
        ...[Database, GateService, Approvals, Callers, InForce, PolicySet, PolicyFollower, KeptRevisions, CanaryPlans],
        ...[CanaryStart, SealedPoliciesRepository, PostgresOutbox],
      ],
      useFactory: (...dependencies: ActivationDependencies) => {
        const [database, gate, approvals, callers, inForce, policies, follower, kept, plans, ...rest] = dependencies
        const [canaryStart, sealed, outbox] = rest
        return new Activations({
          ...{ database, gate, approvals, callers, inForce, policies, follower, kept, plans },
          ...{ canaryStart, sealed, outbox },
        })
      },
    },
    {
      provide: Canaries,
      inject: [Database, GateService, Approvals, PolicyFollower, Announcements, PostgresOutbox],
      useFactory: (...[database, gate, approvals, follower, announcements, outbox]: BreakGlassDependencies) =>
        new Canaries({ database, gate, approvals, follower, announcements, outbox }),
    },
    {
      provide: CanaryGuard,
      inject: [KillState, PolicySet, Canaries, Database],
      useFactory: ({ node }: KillState, policies: PolicySet, canaries: Canaries, { records }: Database) =>
        new CanaryGuard({ node, policies, canaries, records, clock: monotonicClock }),
    },
    {
      provide: Waivers,
      inject: [Database, GateService, Approvals, Callers, PolicySet, PolicyFollower, PostgresOutbox],
      useFactory: (...[database, gate, approvals, callers, policies, follower, outbox]: WaiverDependencies) =>
        new Waivers({ database, gate, approvals, callers, policies, follower, outbox }),
    },
    {
      provide: BreakGlass,
      inject: [Database, GateService, Approvals, PolicyFollower, Announcements, PostgresOutbox],
      useFactory: (...[database, gate, approvals, follower, announcements, outbox]: BreakGlassDependencies) =>
        new BreakGlass({ database, gate, approvals, follower, announcements, outbox }),
    },
    {
      provide: InForce,
      inject: [Database, PolicySet],
      useFactory: (database: Database, policies: PolicySet) => new InForce(database, policies),
    },
    {
      provide: PolicyTool,
      inject: [Isolation, CONFIG],
      useFactory: ({ wall: { kind }, weak }: Isolation, { REGAL_BIN: asked, searchPath }: Config) =>
        new PolicyTool(weak === 'allow' ? { kind, weakIsolation: true } : { kind }, { asked, searchPath }),
    },
    { provide: Turns, useFactory: () => new Turns(MAX_WAITING) },
    {
      provide: Sealing,
      inject: [GateService, BlobStore, PolicyKeys],
      useFactory: (gate: GateService, blobs: BlobStore, keys: PolicyKeys) => new Sealing({ gate, blobs, keys }),
    },
    {
      provide: Drafts,
      inject: [Database, GateService, BlobStore, InForce, Approvals],
      useFactory: (...[database, gate, blobs, inForce, approvals]: DraftDependencies) =>
        new Drafts({ database, gate, blobs, inForce, approvals }),
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
  exports: [Drafts, DraftChecks, PolicyTool, Turns],
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
  ActivationParts['inForce'],
  ActivationParts['policies'],
  ActivationParts['follower'],
  ActivationParts['kept'],
  ActivationParts['plans'],
  ActivationParts['canaryStart'],
  ActivationParts['sealed'],
  ActivationParts['outbox'],
]

type BreakGlassDependencies = [Database, GateService, Approvals, PolicyFollower, Announcements, PostgresOutbox]

type DraftDependencies = [Database, GateService, BlobStore, InForce, Approvals]

type WaiverDependencies = [
  WaiverParts['database'],
  WaiverParts['gate'],
  WaiverParts['approvals'],
  WaiverParts['callers'],
  WaiverParts['policies'],
  WaiverParts['follower'],
  WaiverParts['outbox'],
]

type CandidateDependencies = [
  CandidateParts['database'],
  CandidateParts['blobs'],
  CandidateParts['sealed'],
  CandidateParts['checks'],
]

type RunnerDependencies = [Database, RunnerParts['candidates'], RunnerParts['gate'], RunnerParts['callers']]

type WhatIfDependencies = [Database, GateService, Drafts, Candidates, WhatIfRunner, WhatIfRunner]
