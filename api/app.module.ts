import { Module, type DynamicModule } from '@nestjs/common'
import { AccessModule } from './access/access.module.js'
import { AgentsModule } from './agents/agents.module.js'
import { ApprovalsModule } from './approvals/approvals.module.js'
import { CapabilitiesModule } from './capabilities/capabilities.module.js'
import { DocumentsModule } from './documents/documents.module.js'
import { EventsModule } from './events/events.module.js'
import { ExtApiModule } from './ext-api/ext-api.module.js'
import { GateModule } from './gate/gate.module.js'
import { GatewayModule } from './gateway/gateway.module.js'
import { HealthModule } from './health/health.module.js'
import { IdentityModule } from './identity/identity.module.js'
import { InstallsModule } from './installs/installs.module.js'
import { InvocationsModule } from './invocations/invocations.module.js'
import { KillswitchModule } from './killswitch/killswitch.module.js'
import { LedgerModule } from './ledger/ledger.module.js'
import { PlatformModule, type PlatformParts } from './platform/platform.module.js'
import { ExplainModule } from './policy/explain.module.js'
import { PolicyModule } from './policy/policy.module.js'
import { TenantPolicyModule } from './policy/tenant-policy.module.js'
import { PrivacyModule } from './privacy/privacy.module.js'
import { RegistryModule } from './registry/registry.module.js'
import { ScimModule } from './scim/scim.module.js'
import { SignInModule } from './sign-in/sign-in.module.js'
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
        DocumentsModule,
        IdentityModule,
        SignInModule,
        ScimModule,
        AccessModule,
        PrivacyModule,
        PolicyModule,
        ExplainModule,
        TenantPolicyModule,
        AgentsModule,
        StopsModule,
        RegistryModule,
        InstallsModule,
        CapabilitiesModule,
        InvocationsModule,
        GatewayModule,
        ExtApiModule,
        HealthModule,
        EventsModule,
      ],
    }
  }
}
