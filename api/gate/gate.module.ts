import { join } from 'node:path'
import { Global, Module } from '@nestjs/common'
import { monotonicClock } from '../killswitch/clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { Ledger } from '../ledger/ledger.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { READ_GATE, type ReadGate } from '../platform/http/ports.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { DecisionFeed } from './decision-feed.service.js'
import { DecisionsController } from './decisions.controller.js'
import { DecisionsService } from './decisions.service.js'
import { GateService } from './gate.service.js'
import { LogWatch } from './log-watch.js'
import { PolicyFiles, type PolicyFolders } from './policy-files.js'
import { PolicyFollower } from './policy-follower.service.js'
import { PolicyKeys } from './policy-keys.js'
import { PolicySet } from './policy-set.service.js'
import { ReadGateService } from './read-gate.service.js'
import { Retention } from './retention.service.js'
import { SealedPoliciesRepository } from './sealed-policies.repository.js'
import { WaiverList } from './waiver-list.js'
import { TenantModules } from './tenant-modules.js'
import { TenantPoliciesRepository } from './tenant-policies.repository.js'
import { TenantPolicyFollower } from './tenant-policy-follower.service.js'

/** Where this configuration has its policies. */
const foldersOf = (config: Config): PolicyFolders => {
  const { GATEHOUSE_POLICY_BUNDLE: folder, GATEHOUSE_POLICY_TRUST: trustFile, dataFolder } = config
  return { custom: folder && trustFile ? { folder, trustFile } : null, archive: join(dataFolder, 'policies') }
}

/** Loads policy before anything is asked; a fault is no reason not to start, since the gate then refuses and health says so. */
const loaded = async (files: PolicyFiles): Promise<PolicySet> => {
  const policies = new PolicySet(files)
  await policies.load()
  return policies
}

/**
 * Who has policy of their own, and which policy decides about policy during break-glass, is known before anything is asked;
 * where it cannot be had, the first look that succeeds tells.
 */
const followed = async <F extends PolicyFollower | TenantPolicyFollower>(follower: F): Promise<F> => {
  await follower.follow()
  return follower
}

/** The choke point. Global, since every route is guarded by its read gate. */
@Global()
@Module({
  imports: [LedgerModule],
  controllers: [DecisionsController],
  providers: [
    { provide: PolicyKeys, inject: [KeyFiles], useFactory: (files: KeyFiles) => PolicyKeys.of(files) },
    {
      provide: SealedPoliciesRepository,
      inject: [Database, BlobStore, PolicyKeys],
      useFactory: ({ records }: Database, blobs: BlobStore, { sealing }: PolicyKeys) =>
        new SealedPoliciesRepository({ records, blobs, sealing }),
    },
    {
      provide: PolicyFiles,
      inject: [CONFIG, SealedPoliciesRepository],
      useFactory: (config: Config, sealed: SealedPoliciesRepository) => new PolicyFiles(foldersOf(config), sealed),
    },
    { provide: PolicySet, inject: [PolicyFiles], useFactory: loaded },
    WaiverList,
    {
      provide: PolicyFollower,
      inject: [PolicySet, WaiverList, SealedPoliciesRepository, PolicyFiles, KillState],
      useFactory: (
        policies: PolicySet,
        waivers: WaiverList,
        sealed: SealedPoliciesRepository,
        { pinned }: PolicyFiles,
        { node }: KillState,
      ) => followed(new PolicyFollower({ node, policies, waivers, sealed, pinned, clock: monotonicClock })),
    },
    {
      provide: TenantPoliciesRepository,
      inject: [Database, BlobStore],
      useFactory: ({ records }: Database, blobs: BlobStore) => new TenantPoliciesRepository(records, blobs),
    },
    {
      provide: TenantModules,
      inject: [TenantPoliciesRepository],
      useFactory: (source: TenantPoliciesRepository) => new TenantModules(source, { clock: monotonicClock }),
    },
    {
      provide: TenantPolicyFollower,
      inject: [TenantModules, TenantPoliciesRepository],
      useFactory: (modules: TenantModules, pointers: TenantPoliciesRepository) =>
        followed(new TenantPolicyFollower({ modules, pointers, clock: monotonicClock })),
    },
    {
      provide: GateService,
      inject: [PolicySet, TenantModules, KillState, WaiverList, Ledger, Database],
      useFactory: (...[policies, tenants, kills, waivers, ledger, database]: GateDependencies) =>
        new GateService({ policies, tenants, kills, waivers, ledger, database, now: () => Date.now() }),
    },
    {
      provide: Retention,
      inject: [Database, GateService, Ledger, CONFIG],
      useFactory: (database: Database, gate: GateService, ledger: Ledger, config: Config) =>
        new Retention({ database, gate, ledger, days: config.DECISION_RETENTION_DAYS, now: () => Date.now() }),
    },
    { provide: READ_GATE, inject: [GateService], useFactory: (gate: GateService) => new ReadGateService(gate) },
    {
      provide: DecisionsService,
      inject: [Database, PolicySet, TenantModules, READ_GATE],
      useFactory: (database: Database, policies: PolicySet, tenants: TenantModules, reads: ReadGate) =>
        new DecisionsService(database, policies, reads, tenants),
    },
    {
      provide: LogWatch,
      inject: [Database],
      useFactory: ({ records }: Database) => new LogWatch(records, monotonicClock),
    },
    {
      provide: DecisionFeed,
      inject: [Database, READ_GATE, LogWatch],
      useFactory: (database: Database, reads: ReadGate, watch: LogWatch) => new DecisionFeed(database, reads, watch),
    },
  ],
  exports: [
    DecisionsService,
    GateService,
    PolicyKeys,
    PolicySet,
    PolicyFiles,
    PolicyFollower,
    SealedPoliciesRepository,
    TenantModules,
    TenantPolicyFollower,
    READ_GATE,
  ],
})
export class GateModule {}

type GateDependencies = [PolicySet, TenantModules, KillState, WaiverList, Ledger, Database]
