import { Module } from '@nestjs/common'
import { shippedArchive } from '#engine/author/index.js'
import { PolicyKeys } from '../gate/policy-keys.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import { monotonicClock } from '../killswitch/clock.js'
import { Database } from '../platform/database/database.service.js'
import { AgentsController } from './agents.controller.js'
import { AgentRecords } from './agents.repository.js'
import { AgentBundles } from './bundles.service.js'
import { KnownAgents } from './known-agents.service.js'
import { PolicyWatch } from './policy-watch.js'
import { AgentReports } from './reports.service.js'

/** Stock OPA agents: what they fetch, and what they tell. */
@Module({
  controllers: [AgentsController],
  providers: [
    {
      provide: PolicyWatch,
      inject: [PolicySet],
      useFactory: (policies: PolicySet) => new PolicyWatch(policies, monotonicClock),
    },
    {
      provide: AgentBundles,
      inject: [PolicySet, SealedPoliciesRepository, PolicyWatch, PolicyKeys],
      useFactory: (policies: PolicySet, sealed: SealedPoliciesRepository, watch: PolicyWatch, { agents }: PolicyKeys) =>
        new AgentBundles({ policies, sealed, watch, shipped: shippedArchive, keys: agents, now: () => Date.now() }),
    },
    {
      provide: AgentReports,
      inject: [Database],
      useFactory: ({ records }: Database) => new AgentReports(new AgentRecords(records), () => Date.now()),
    },
    {
      provide: KnownAgents,
      inject: [Database, SealedPoliciesRepository, PolicySet],
      useFactory: (database: Database, sealed: SealedPoliciesRepository, policies: PolicySet) =>
        new KnownAgents(database, sealed, policies),
    },
  ],
})
export class AgentsModule {}
