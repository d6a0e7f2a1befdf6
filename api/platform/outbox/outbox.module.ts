import { Module } from '@nestjs/common'
import { Database } from '../database/database.service.js'
import { OutboxDispatcher } from './dispatcher.service.js'
import { OutboxRepository } from './outbox.repository.js'
import { PostgresOutbox } from './outbox.service.js'

/** Domain events between modules. The platform provides the database. */
@Module({
  providers: [
    PostgresOutbox,
    {
      provide: OutboxDispatcher,
      inject: [PostgresOutbox, Database],
      useFactory: (outbox: PostgresOutbox, { records }: Database) =>
        new OutboxDispatcher({ outbox, rows: new OutboxRepository(records) }),
    },
  ],
  exports: [PostgresOutbox],
})
export class OutboxModule {}
