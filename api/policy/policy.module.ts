import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { PolicyFollower } from '../gate/policy-follower.service.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { Activations, type ActivationParts } from './activations.service.js'
import { PolicyController } from './policy.controller.js'
import { PolicyOverview } from './policy-overview.service.js'

/** The life of the platform's policy. */
@Module({
  controllers: [PolicyController],
  providers: [
    {
      provide: PolicyOverview,
      inject: [Database, PolicySet],
      useFactory: (database: Database, policies: PolicySet) => new PolicyOverview(database, policies),
    },
    {
      provide: Activations,
      inject: [Database, GateService, Approvals, Callers, PolicySet, PolicyFollower, PostgresOutbox],
      useFactory: (...[database, gate, approvals, callers, policies, follower, outbox]: ActivationDependencies) =>
        new Activations({ database, gate, approvals, callers, policies, follower, outbox }),
    },
  ],
})
export class PolicyModule {}

type ActivationDependencies = [
  ActivationParts['database'],
  ActivationParts['gate'],
  ActivationParts['approvals'],
  ActivationParts['callers'],
  ActivationParts['policies'],
  ActivationParts['follower'],
  ActivationParts['outbox'],
]
