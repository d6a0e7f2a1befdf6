import { Global, Module } from '@nestjs/common'
import { Database } from '../platform/database/database.service.js'
import { monotonicClock } from './clock.js'
import { KillListRepository } from './kill-list.repository.js'
import { KillState } from './kill-state.service.js'
import { LeaseRenewal } from './lease-renewal.service.js'
import { NODE_ID } from './node-id.js'

/** The kill list as this node holds it, and the lease under which it may go on. */
@Global()
@Module({
  providers: [
    {
      provide: KillListRepository,
      inject: [Database],
      useFactory: ({ records }: Database) => new KillListRepository(records),
    },
    { provide: KillState, useFactory: () => new KillState(NODE_ID, monotonicClock) },
    {
      provide: LeaseRenewal,
      inject: [KillState, KillListRepository],
      useFactory: (state: KillState, list: KillListRepository) =>
        new LeaseRenewal({ state, list, clock: monotonicClock }),
    },
  ],
  exports: [KillState, KillListRepository, LeaseRenewal],
})
export class KillswitchModule {}
