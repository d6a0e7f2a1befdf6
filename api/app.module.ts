import { Module, type DynamicModule } from '@nestjs/common'
import { ApprovalsModule } from './approvals/approvals.module.js'
import { GateModule } from './gate/gate.module.js'
import { IdentityModule } from './identity/identity.module.js'
import { KillswitchModule } from './killswitch/killswitch.module.js'
import { LedgerModule } from './ledger/ledger.module.js'
import { PlatformModule, type PlatformParts } from './platform/platform.module.js'
import { StopsModule } from './stops/stops.module.js'

/** The whole service, in the order in which its modules may know of each other. */
@Module({})
export class AppModule {
  static on(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        KillswitchModule,
        LedgerModule,
        GateModule,
        ApprovalsModule,
        IdentityModule,
        StopsModule,
      ],
    }
  }
}
