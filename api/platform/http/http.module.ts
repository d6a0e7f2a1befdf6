import { Module } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core'
import { BootCheck } from './boot-check.js'
import { EndpointGuard } from './endpoint.guard.js'
import { ProblemFilter } from './problem.filter.js'

/** The HTTP face shared by all controllers. Identity and the gate provide the two ports, globally. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    BootCheck,
    { provide: APP_GUARD, useClass: EndpointGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class HttpModule {}
