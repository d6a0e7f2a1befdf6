import { Module } from '@nestjs/common'
import { InstallsForCalls } from '../installs/call-targets.service.js'
import { InstallsModule } from '../installs/installs.module.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { capabilityCatalogue } from './catalogue.js'
import { EgressClient } from '../platform/http/egress.client.js'
import { EventsRepository } from './events.repository.js'
import { EventsController } from './events.controller.js'
import { HostResolver } from '../platform/http/host-resolver.js'
import { KvRepository } from './kv.repository.js'
import { PublishedEvents } from './published-events.service.js'

/** Injection token of the host calls that there are. */
export const HOST_CALLS = Symbol('HOST_CALLS')

/** What guests can reach. */
@Module({
  imports: [InstallsModule],
  controllers: [EventsController],
  providers: [
    PublishedEvents,
    {
      provide: HOST_CALLS,
      inject: [Database, InstallsForCalls, CONFIG],
      useFactory: (database: Database, secrets: InstallsForCalls, config: Config) =>
        capabilityCatalogue({
          kv: new KvRepository(database),
          events: new EventsRepository(database),
          secrets,
          resolver: new HostResolver(config.GATEHOUSE_EGRESS_PRIVATE_HOSTS),
          client: new EgressClient(),
        }),
    },
  ],
  exports: [HOST_CALLS],
})
export class CapabilitiesModule {}
