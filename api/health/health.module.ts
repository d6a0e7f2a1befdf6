import { Module } from '@nestjs/common'
import { HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { Slots } from '#runtime/slots/slots.js'
import { PolicyFollower } from '../gate/policy-follower.service.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { Breakers } from '../invocations/breakers.js'
import { InvocationsModule } from '../invocations/invocations.module.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { LedgerLog } from '../ledger/log.service.js'
import { SequencerService } from '../ledger/sequencer.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { HealthController } from './health.controller.js'
import { HealthService } from './health.service.js'
import type { HealthIndicator } from './indicator.js'
import { breakersIndicator } from './indicators/breakers.indicator.js'
import { databaseIndicator } from './indicators/database.indicator.js'
import { diskIndicator } from './indicators/disk.indicator.js'
import { isolationIndicator } from './indicators/isolation.indicator.js'
import { killLeaseIndicator } from './indicators/kill-lease.indicator.js'
import { ledgerIndicator } from './indicators/ledger.indicator.js'
import { partitionsIndicator } from './indicators/partitions.indicator.js'
import { policyIndicator } from './indicators/policy.indicator.js'
import { signingKeyIndicator } from './indicators/signing-key.indicator.js'
import { slotsIndicator } from './indicators/slots.indicator.js'

/** One token for each indicator, in the order of the report. */
const DATABASE = Symbol('HEALTH_DATABASE')
const POLICY = Symbol('HEALTH_POLICY')
const LEASE = Symbol('HEALTH_LEASE')
const KEY = Symbol('HEALTH_KEY')
const LEDGER = Symbol('HEALTH_LEDGER')
const PARTITIONS = Symbol('HEALTH_PARTITIONS')
const WALL = Symbol('HEALTH_WALL')
const SLOTS = Symbol('HEALTH_SLOTS')
const BREAKERS = Symbol('HEALTH_BREAKERS')
const DISK = Symbol('HEALTH_DISK')

/** Whether the service is well, for machines and people. */
@Module({
  // What goes wrong is logged by the service here, once for each change.
  imports: [TerminusModule.forRoot({ logger: false }), LedgerModule, InvocationsModule],
  controllers: [HealthController],
  providers: [
    { provide: DATABASE, inject: [Database], useFactory: databaseIndicator },
    { provide: POLICY, inject: [PolicySet, PolicyFollower], useFactory: policyIndicator },
    { provide: LEASE, inject: [KillState], useFactory: killLeaseIndicator },
    { provide: KEY, inject: [KeyFiles, LedgerLog], useFactory: signingKeyIndicator },
    { provide: LEDGER, inject: [LedgerLog, SequencerService], useFactory: ledgerIndicator },
    { provide: PARTITIONS, inject: [Database], useFactory: partitionsIndicator },
    { provide: WALL, inject: [Isolation], useFactory: ({ wall }: Isolation) => isolationIndicator(wall) },
    { provide: SLOTS, inject: [Slots], useFactory: slotsIndicator },
    { provide: BREAKERS, inject: [Breakers], useFactory: breakersIndicator },
    { provide: DISK, inject: [CONFIG], useFactory: ({ dataFolder }: Config) => diskIndicator(dataFolder) },
    {
      provide: HealthService,
      inject: [HealthCheckService, DATABASE, POLICY, LEASE, KEY, LEDGER, PARTITIONS, WALL, SLOTS, BREAKERS, DISK],
      useFactory: (terminus: HealthCheckService, ...indicators: HealthIndicator[]) =>
        new HealthService(terminus, indicators),
    },
  ],
})
export class HealthModule {}
