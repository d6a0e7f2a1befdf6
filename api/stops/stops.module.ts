import { join } from 'node:path'
import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { monotonicClock } from '../killswitch/clock.js'
import { KillListRepository } from '../killswitch/kill-list.repository.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LeaseRenewal } from '../killswitch/lease-renewal.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { Engagement } from './engagement.service.js'
import { JournalEntry } from './journal-entry.service.js'
import { KillJournal } from './kill-journal.js'
import { Orders } from './orders.service.js'
import { Reached } from './reach.service.js'
import { Release, type ReleaseParts } from './release.service.js'
import { StopsController } from './stops.controller.js'

/** The commands that engage and release kill switches. */
@Module({
  controllers: [StopsController],
  providers: [
    {
      provide: KillJournal,
      inject: [CONFIG],
      useFactory: ({ dataFolder }: Config) => new KillJournal(join(dataFolder, 'journal')),
    },
    {
      provide: Reached,
      inject: [KillState, LeaseRenewal, KillListRepository],
      useFactory: (state: KillState, renewal: LeaseRenewal, list: KillListRepository) =>
        new Reached({ state, renewal, list, clock: monotonicClock }),
    },
    {
      provide: JournalEntry,
      inject: [GateService, KillState, LeaseRenewal, KillJournal],
      useFactory: (gate: GateService, state: KillState, renewal: LeaseRenewal, journal: KillJournal) =>
        new JournalEntry({ gate, state, renewal, journal }),
    },
    {
      provide: Engagement,
      inject: [Database, GateService, KillState, KillJournal, Reached],
      useFactory: (
        ...[database, gate, state, journal, reached]: [Database, GateService, KillState, KillJournal, Reached]
      ) => new Engagement({ database, gate, state, journal, reached }),
    },
    {
      provide: Release,
      inject: [Database, GateService, Approvals, Callers, Reached, PostgresOutbox],
      useFactory: (...[database, gate, approvals, callers, reached, outbox]: ReleaseDependencies) =>
        new Release({ database, gate, approvals, callers, reached, outbox }),
    },
    {
      provide: Orders,
      inject: [Database, KillJournal],
      useFactory: (database: Database, journal: KillJournal) => new Orders(database, journal),
    },
  ],
})
export class StopsModule {}

type ReleaseDependencies = [
  ReleaseParts['database'],
  ReleaseParts['gate'],
  ReleaseParts['approvals'],
  ReleaseParts['callers'],
  ReleaseParts['reached'],
  ReleaseParts['outbox'],
]
