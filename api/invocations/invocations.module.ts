import { Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common'
import { Slots } from '#runtime/slots/slots.js'
import type { BrokerDeps } from '../capabilities/broker.js'
import { CapabilitiesModule, HOST_CALLS } from '../capabilities/capabilities.module.js'
import { DecisionsService } from '../gate/decisions.service.js'
import { GateService } from '../gate/gate.service.js'
import { monotonicClock } from '../killswitch/clock.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { Ledger } from '../ledger/ledger.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { IsolationModule } from '../platform/isolation/isolation.module.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { Metrics } from '../platform/telemetry/metrics.js'
import { Spans } from '../platform/telemetry/spans.js'
import { Breakers } from './breakers.js'
import { CallQuota } from './call-quota.js'
import { CallRate } from './call-rate.js'
import { ExecutionRecords } from './execution-records.repository.js'
import { ExecutionWriter } from './execution-writer.js'
import { ExecutionsController } from './executions.controller.js'
import { Executions } from './executions.service.js'
import { Invocations, type InvocationParts } from './invocations.service.js'
import { RateExchange } from './rate-exchange.service.js'
import { RatesRepository } from './rates.repository.js'
import { RecordingExport } from './replay/recording-export.service.js'
import { Recordings } from './replay/recordings.service.js'
import { Replays } from './replay/replays.service.js'
import { slotsProvider } from './slots.provider.js'

const logger = new Logger('invocations')
const BROKER = Symbol('BROKER')
const SLOT_RUN = Symbol('SLOT_RUN')
const COUNTERS = Symbol('COUNTERS')
const WALL = Symbol('WALL')
type Wall = InvocationParts['isolation']
type Counters = Pick<InvocationParts, 'quota' | 'rate' | 'breakers'>
type SlotRun = Pick<InvocationParts, 'broker' | 'slots' | 'kill' | 'isolation'> & { readonly recordings: Recordings }

/** Runs installed extensions and shows what ran. */
@Module({
  imports: [IsolationModule, CapabilitiesModule, LedgerModule],
  controllers: [ExecutionsController],
  providers: [
    slotsProvider,
    Executions,
    {
      provide: Recordings,
      inject: [Database, KeyFiles],
      useFactory: async (database: Database, keys: KeyFiles) =>
        new Recordings(database, keyEncryptionKey((await keys.secret('secrets')).export())),
    },
    {
      provide: Replays,
      inject: [Database, SLOT_RUN, DecisionsService],
      useFactory: (database: Database, run: SlotRun, decisions: DecisionsService) =>
        new Replays({ ...run, database, decisions }),
    },
    {
      provide: RecordingExport,
      inject: [Database, Recordings, DecisionsService],
      useFactory: (database: Database, recordings: Recordings, decisions: DecisionsService) =>
        new RecordingExport({ database, recordings, decisions }),
    },
    {
      provide: ExecutionRecords,
      inject: [Database],
      useFactory: (database: Database) => new ExecutionRecords(database.records),
    },
    {
      provide: CallQuota,
      inject: [ExecutionRecords],
      useFactory: (records: ExecutionRecords) => new CallQuota((install, period) => records.callsUsed(install, period)),
    },
    {
      provide: ExecutionWriter,
      inject: [ExecutionRecords, Ledger, CallQuota],
      useFactory: (records: ExecutionRecords, ledger: Ledger, quota: CallQuota) =>
        new ExecutionWriter({
          ...{ records, ledger, quota },
          onFault: (what, error, lost) => logger.error({ what, lost, error }, 'an execution left no full record'),
        }),
    },
    {
      provide: WALL,
      inject: [Isolation, CONFIG],
      // A runner has a wall of its own, without which it does not start.
      useFactory: (isolation: Isolation, { RUNNER_BASE_URL }: Config): Wall =>
        RUNNER_BASE_URL.length > 0 ? { requireWall: () => undefined } : isolation,
    },
    {
      provide: BROKER,
      inject: [HOST_CALLS, GateService, Ledger, KillState, Spans],
      useFactory: (
        ...[capabilities, gate, ledger, kill, spans]: [
          BrokerDeps['capabilities'],
          GateService,
          Ledger,
          KillState,
          Spans,
        ]
      ): BrokerDeps => ({
        ...{ capabilities, gate, ledger, kill, spans },
        onFault: (error) => logger.error({ error }, 'a host call or slot failed'),
      }),
    },
    {
      provide: SLOT_RUN,
      inject: [BROKER, Slots, KillState, WALL, Recordings],
      useFactory: (
        ...[broker, slots, kill, isolation, recordings]: [BrokerDeps, Slots, KillState, Wall, Recordings]
      ): SlotRun => ({ broker, slots, kill, isolation, recordings }),
    },
    {
      provide: Breakers,
      inject: [Metrics],
      useFactory: (metrics: Metrics) => {
        const breakers = new Breakers()
        metrics.watch({
          name: 'gatehouse_circuit_breakers',
          help: 'Installs whose calls are refused because they failed again and again, by state of the breaker',
          label: 'state',
          read: () => ({ ...breakers.counts() }),
        })
        return breakers
      },
    },
    {
      provide: COUNTERS,
      inject: [CallQuota, CallRate, Breakers],
      useFactory: (quota: CallQuota, rate: CallRate, breakers: Breakers): Counters => ({ quota, rate, breakers }),
    },
    { provide: CallRate, useFactory: () => new CallRate() },
    {
      provide: RateExchange,
      inject: [CallRate, Database],
      useFactory: (rate: CallRate, database: Database) =>
        new RateExchange({ rate, notices: new RatesRepository(database.records), clock: monotonicClock }),
    },
    {
      provide: Invocations,
      inject: [SLOT_RUN, GateService, ExecutionWriter, COUNTERS, CONFIG],
      useFactory: (
        run: SlotRun,
        gate: GateService,
        writer: ExecutionWriter,
        counters: Counters,
        { EXT_GATEWAY_TIMEOUT_MS: wallMs }: Config,
      ) => new Invocations({ ...run, ...counters, gate, writer, operator: { wallMs } }),
    },
  ],
  exports: [Invocations, Breakers, Slots],
})
export class InvocationsModule implements BeforeApplicationShutdown {
  constructor(
    private readonly slots: Slots,
    private readonly writer: ExecutionWriter,
  ) {}

  /** Ends what still runs, then writes the rows of it, before the database goes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.slots.close()
    await this.writer.flush()
  }
}
