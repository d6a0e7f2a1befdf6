import { Module } from '@nestjs/common'
import { InstallsForCalls } from '../installs/call-targets.service.js'
import { InstallsModule } from '../installs/installs.module.js'
import { InvocationsModule } from '../invocations/invocations.module.js'
import { Invocations } from '../invocations/invocations.service.js'
import { GatewayController } from './gateway.controller.js'
import { Gateway } from './gateway.service.js'

/** The one door to installed extensions. */
@Module({
  imports: [InstallsModule, InvocationsModule],
  controllers: [GatewayController],
  providers: [
    {
      provide: Gateway,
      inject: [InstallsForCalls, Invocations],
      useFactory: (installs: InstallsForCalls, invocations: Invocations) => new Gateway(installs, invocations),
    },
  ],
})
export class GatewayModule {}
