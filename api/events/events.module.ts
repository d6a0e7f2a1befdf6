import { Module } from '@nestjs/common'
import { GateService } from '../gate/gate.service.js'
import { InstallsForCalls } from '../installs/call-targets.service.js'
import { InstallsModule } from '../installs/installs.module.js'
import { InvocationsModule } from '../invocations/invocations.module.js'
import { Invocations } from '../invocations/invocations.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { OutboxDispatcher } from '../platform/outbox/dispatcher.service.js'
import { OutboxRepository } from '../platform/outbox/outbox.repository.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { DeliveriesController } from './deliveries.controller.js'
import { DELIVERY_TOPIC, DeliveryRecords } from './deliveries.repository.js'
import { Deliveries } from './deliveries.service.js'
import { DeliveryViews } from './delivery-views.service.js'
import { ExtensionRetention } from './retention.js'
import { RetentionRecords } from './retention.repository.js'

/** Topic of the outbox under which PostgreSQL hands on what extensions publish. */
const EVENT_TOPIC = 'extension.event'
/** Delivers extensions' events, and nothing else: a slow extension must not hold up what people wait for. */
const EVENT_DISPATCHER = Symbol('EVENT_DISPATCHER')

/** Brings events to the extensions that consume them. */
@Module({
  imports: [InstallsModule, InvocationsModule],
  controllers: [DeliveriesController],
  providers: [
    {
      provide: DeliveryRecords,
      inject: [Database],
      useFactory: (database: Database) => new DeliveryRecords(database),
    },
    {
      provide: DeliveryViews,
      inject: [Database, GateService, DeliveryRecords],
      useFactory: (database: Database, gate: GateService, records: DeliveryRecords) =>
        new DeliveryViews(database, gate, records),
    },
    {
      provide: Deliveries,
      inject: [Database, DeliveryRecords, InstallsForCalls, Invocations, CONFIG],
      useFactory: (
        ...[database, records, installs, invocations, config]: [
          ...[Database, DeliveryRecords, InstallsForCalls, Invocations, Config],
        ]
      ) => new Deliveries({ database, records, installs, invocations, attempts: config.EVENT_DELIVERY_ATTEMPTS }),
    },
    {
      provide: EVENT_DISPATCHER,
      inject: [Deliveries, Database],
      useFactory: (deliveries: Deliveries, { records }: Database) => {
        const outbox = new PostgresOutbox()
        outbox.subscribe(EVENT_TOPIC, (event) => deliveries.published(event as never))
        outbox.subscribe(DELIVERY_TOPIC, (due) => deliveries.deliver(due as never))
        return new OutboxDispatcher({ outbox, rows: new OutboxRepository(records) })
      },
    },
    {
      provide: ExtensionRetention,
      inject: [Database, CONFIG],
      useFactory: ({ records }: Database, config: Config) =>
        new ExtensionRetention(new RetentionRecords(records), {
          events: config.EVENT_RETENTION_DAYS,
          deliveries: config.EVENT_RETENTION_DAYS,
          metrics: config.METRIC_RETENTION_DAYS,
        }),
    },
  ],
})
export class EventsModule {}
