import { Logger, Module } from '@nestjs/common'
import { SCIM_PATH } from '#contract/api/scim-protocol.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { IdentityModule } from '../identity/identity.module.js'
import { Database } from '../platform/database/database.service.js'
import { tellErrors } from '../platform/http/error-face.js'
import { ScimConnectionsController } from './connections/connections.controller.js'
import { ScimConnections } from './connections/connections.service.js'
import { ScimTokens } from './connections/tokens.service.js'
import { scimFace } from './http/scim-face.js'
import { ScimLogController } from './provisioning/log.controller.js'
import { Provisioning } from './provisioning/provisioning.service.js'

const logger = new Logger('scim')
tellErrors(SCIM_PATH, scimFace)

/** SCIM 2.0: connections of identity providers, and all that they keep in step. */
@Module({
  imports: [IdentityModule],
  controllers: [ScimConnectionsController, ScimLogController],
  providers: [
    ScimConnections,
    ScimTokens,
    {
      provide: Provisioning,
      inject: [Database, GateService, Callers],
      useFactory: (database: Database, gate: GateService, callers: Callers) =>
        new Provisioning({
          ...{ database, gate, callers },
          onFault: (error) => logger.error({ error }, 'a request of an identity provider could not be logged'),
        }),
    },
  ],
  exports: [Provisioning],
})
export class ScimModule {}
