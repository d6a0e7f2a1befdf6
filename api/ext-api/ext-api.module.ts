import { Logger, Module } from '@nestjs/common'
import { InstallsForCalls } from '../installs/call-targets.service.js'
import { InstallsModule } from '../installs/installs.module.js'
import { InvocationsModule } from '../invocations/invocations.module.js'
import { Invocations } from '../invocations/invocations.service.js'
import { Database } from '../platform/database/database.service.js'
import { HostCallsController } from './host-calls.controller.js'
import { HostCalls } from './host-calls.service.js'
import { RuntimeTokensController } from './runtime-tokens.controller.js'
import { noteUse } from './runtime-tokens.repository.js'
import { RuntimeTokens } from './runtime-tokens.service.js'
import { TokenCounters } from './token-counters.js'
import { TokenUses } from '../identity/token-uses.js'

const logger = new Logger('ext-api')

/** The door for extensions that run elsewhere. */
@Module({
  imports: [InstallsModule, InvocationsModule],
  controllers: [RuntimeTokensController, HostCallsController],
  providers: [
    RuntimeTokens,
    {
      provide: HostCalls,
      inject: [InstallsForCalls, Invocations, Database],
      useFactory: (installs: InstallsForCalls, invocations: Invocations, { records }: Database) =>
        new HostCalls({
          ...{ installs, invocations, counters: new TokenCounters() },
          uses: new TokenUses(
            (token, tenant) => noteUse(records, token, tenant),
            (error) => logger.warn({ error }, 'that a token was used could not be kept'),
          ),
        }),
    },
  ],
})
export class ExtApiModule {}
