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
import { DecisionsController } from './decisions.controller.js'
import { DecisionsService } from './decisions.service.js'
import { GateService } from './gate.service.js'
import { PolicyFiles, type PolicyFolders } from './policy-files.js'
import { PolicyFollower } from './policy-follower.service.js'
import { PolicySet } from './policy-set.service.js'
import { ReadGateService } from './read-gate.service.js'
import { SealedPoliciesRepository } from './sealed-policies.repository.js'
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

/** Who has policy of their own is known before anything is asked; where it cannot be had, the first look that succeeds tells. */
const followed = async (follower: TenantPolicyFollower): Promise<TenantPolicyFollower> => {
  await follower.follow()
  return follower
}

/** The choke point. Global, since every route is guarded by its read gate. */
@Global()
@Module({
  imports: [LedgerModule],
  controllers: [DecisionsController],
  providers: [
    {
      provide: SealedPoliciesRepository,
      inject: [Database, BlobStore, KeyFiles],
      useFactory: async ({ records }: Database, blobs: BlobStore, keys: KeyFiles) => {
        // Made now and not with the first seal: a key file that is missing counts as lost.
        await keys.signing('policy')
        return new SealedPoliciesRepository({ records, blobs, sealingKey: () => keys.signing('policy') })
      },
    },
    {
      provide: PolicyFiles,
      inject: [CONFIG, SealedPoliciesRepository],
      useFactory: (config: Config, sealed: SealedPoliciesRepository) => new PolicyFiles(foldersOf(config), sealed),
    },
    { provide: PolicySet, inject: [PolicyFiles], useFactory: loaded },
    {
      provide: PolicyFollower,
      inject: [PolicySet, SealedPoliciesRepository, PolicyFiles, KillState],
      useFactory: (
        policies: PolicySet,
        sealed: SealedPoliciesRepository,
        { pinned }: PolicyFiles,
        { node }: KillState,
      ) => new PolicyFollower({ node, policies, sealed, pinned, clock: monotonicClock }),
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
      inject: [PolicySet, TenantModules, KillState, Ledger, Database],
      useFactory: (policies: PolicySet, tenants: TenantModules, kills: KillState, ledger: Ledger, database: Database) =>
        new GateService({ policies, tenants, kills, ledger, database, now: () => Date.now() }),
    },
    { provide: READ_GATE, inject: [GateService], useFactory: (gate: GateService) => new ReadGateService(gate) },
    {
      provide: DecisionsService,
      inject: [Database, PolicySet, TenantModules, READ_GATE],
      useFactory: (database: Database, policies: PolicySet, tenants: TenantModules, reads: ReadGate) =>
        new DecisionsService(database, policies, reads, tenants),
    },
  ],
  exports: [
    GateService,
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
