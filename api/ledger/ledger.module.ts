import { Module } from '@nestjs/common'
import { Database } from '../platform/database/database.service.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { LedgerController } from './ledger.controller.js'
import { Ledger } from './ledger.service.js'
import { LedgerLog } from './log.service.js'
import { ledgerKey, type LedgerKey } from './origin.js'
import { PartitionKeeper } from './partitions.service.js'
import { SequencerService } from './sequencer.service.js'

const LEDGER_KEY = Symbol('LEDGER_KEY')

/** Records, the Merkle log behind them, and its proofs. The platform provides database and keys. */
@Module({
  controllers: [LedgerController],
  providers: [
    { provide: Ledger, inject: [Database], useFactory: (database: Database) => new Ledger(database.records) },
    {
      provide: LEDGER_KEY,
      inject: [KeyFiles],
      useFactory: async (keys: KeyFiles) => ledgerKey(await keys.signing('ledger')),
    },
    {
      provide: LedgerLog,
      inject: [Database, LEDGER_KEY],
      useFactory: (database: Database, key: LedgerKey) => new LedgerLog(database, key),
    },
    {
      provide: SequencerService,
      inject: [Database, LEDGER_KEY],
      useFactory: ({ records }: Database, key: LedgerKey) =>
        new SequencerService({ ...key, records, now: () => Date.now() }),
    },
    {
      provide: PartitionKeeper,
      inject: [Database],
      useFactory: ({ records }: Database) => new PartitionKeeper(records),
    },
  ],
  exports: [Ledger, LedgerLog, SequencerService],
})
export class LedgerModule {}
