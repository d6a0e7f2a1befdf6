import { Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common'
import { Slots } from '#runtime/slots/slots.js'
import { InstallsForCalls } from '../installs/call-targets.service.js'
import { InstallsModule } from '../installs/installs.module.js'
import { InvocationsModule } from '../invocations/invocations.module.js'
import { Invocations } from '../invocations/invocations.service.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { Database } from '../platform/database/database.service.js'
import { Calls } from './calls.service.js'
import { CallsController } from './calls.controller.js'
import { GatewayController } from './gateway.controller.js'
import { Gateway } from './gateway.service.js'
import { KeptCallSweeper } from './kept-call-sweeper.js'
import { KeptCallRecords } from './kept-calls.repository.js'
import { KeptCalls } from './kept-calls.service.js'

const logger = new Logger('gateway')
/** A duplicate waits less long than clients and proxies usually do. */
const WAIT_MS = 10_000

/** The one door to installed extensions. */
@Module({
  imports: [InstallsModule, InvocationsModule],
  controllers: [GatewayController, CallsController],
  providers: [
    {
      provide: KeptCallRecords,
      inject: [Database],
      useFactory: (database: Database) => new KeptCallRecords(database),
    },
    {
      provide: KeptCallSweeper,
      inject: [KeptCallRecords],
      useFactory: (records: KeptCallRecords) => new KeptCallSweeper(records),
    },
    {
      provide: KeptCalls,
      inject: [KeptCallRecords, KillState],
      useFactory: (records: KeptCallRecords, { node }: KillState) =>
        new KeptCalls({
          ...{ records, node, waitMs: WAIT_MS },
          onFault: (error) => logger.error({ error }, 'how a call ended could not be kept yet'),
        }),
    },
    {
      provide: Gateway,
      inject: [InstallsForCalls, Invocations, KeptCalls],
      useFactory: (installs: InstallsForCalls, invocations: Invocations, kept: KeptCalls) =>
        new Gateway({ installs, invocations, kept }),
    },
    {
      provide: Calls,
      inject: [Database, KillState],
      useFactory: (database: Database, kill: KillState) => new Calls(database, kill),
    },
  ],
})
export class GatewayModule implements BeforeApplicationShutdown {
  constructor(
    private readonly kept: KeptCalls,
    private readonly slots: Slots,
  ) {}

  /** Ends what still runs, and keeps how it ended before the database goes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.slots.close()
    await this.kept.idle()
  }
}
