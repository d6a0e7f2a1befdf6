import { Logger, Module } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { SCIM_PATH } from '#contract/api/scim-protocol.js'
import { Approvals } from '../approvals/approvals.service.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { IdentityModule } from '../identity/identity.module.js'
import { Pseudonyms } from '../identity/pseudonyms.service.js'
import { TokenUses } from '../identity/token-uses.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { tellErrors } from '../platform/http/error-face.js'
import { PublicUrl } from '../platform/http/public-url.js'
import { BrakeGuard } from './brake/brake.guard.js'
import { RolesLost } from './brake/roles-lost.js'
import { ScimBrakesController } from './brake/brakes.controller.js'
import { ScimBrakes } from './brake/brakes.service.js'
import { HeldChanges } from './brake/held-changes.service.js'
import { BrakeUndo } from './brake/undo.service.js'
import { ScimBulkController } from './bulk/bulk.controller.js'
import { BulkLimits } from './bulk/bulk.rules.js'
import { ScimBulk } from './bulk/bulk.service.js'
import { ScimConnectionsController } from './connections/connections.controller.js'
import { ScimConnections } from './connections/connections.service.js'
import { noteScimTokenUse } from './connections/tokens.repository.js'
import { ScimTokens } from './connections/tokens.service.js'
import { ScimDiscoveryController } from './discovery/discovery.controller.js'
import { ScimMeController } from './discovery/me.controller.js'
import { ScimGroupsController } from './groups/groups.controller.js'
import { ScimGroups } from './groups/groups.service.js'
import { ShownGroupsController } from './groups/shown.controller.js'
import { ShownGroups } from './groups/shown.service.js'
import { ScimDoor } from './http/door.js'
import { scimFace } from './http/scim-face.js'
import { LogRetention } from './provisioning/log-retention.js'
import { ScimLogController } from './provisioning/log.controller.js'
import { ScimMappingsController } from './mapping/mappings.controller.js'
import { ScimMappings } from './mapping/mappings.service.js'
import { Provisioning } from './provisioning/provisioning.service.js'
import { ScimSearchController } from './query/search.controller.js'
import { ScimSearch } from './query/search.service.js'
import { ScimSchemas } from './schemas/schemas.service.js'
import { ScimUsersController } from './users/users.controller.js'
import { ScimUsers } from './users/users.service.js'

const logger = new Logger('scim')
tellErrors(SCIM_PATH, scimFace)

/** The service's own address; nothing where nobody said what it is. */
const originOf = (url: PublicUrl) => (): string | undefined => {
  try {
    return url.origin()
  } catch {
    return undefined
  }
}

/** SCIM 2.0: connections of identity providers, and all that they keep in step. */
@Module({
  imports: [IdentityModule],
  controllers: [
    ...[
      ScimConnectionsController,
      ScimBrakesController,
      ShownGroupsController,
      ScimLogController,
      ScimMappingsController,
    ],
    ...[ScimDiscoveryController, ScimMeController],
    // What has a fixed address comes before what takes any id.
    ...[ScimSearchController, ScimBulkController, ScimUsersController, ScimGroupsController],
  ],
  providers: [
    ScimConnections,
    ScimTokens,
    {
      provide: LogRetention,
      inject: [Database, CONFIG],
      useFactory: (database: Database, { SCIM_LOG_RETENTION_DAYS }: Config) =>
        new LogRetention(database, SCIM_LOG_RETENTION_DAYS),
    },
    {
      provide: ScimMappings,
      inject: [Database, TenantDocuments],
      useFactory: (database: Database, documents: TenantDocuments) => new ScimMappings(database, documents),
    },
    {
      provide: ScimSchemas,
      inject: [TenantDocuments],
      useFactory: (documents: TenantDocuments) => new ScimSchemas(documents),
    },
    ShownGroups,
    {
      provide: ScimDoor,
      inject: [CONFIG, HttpAdapterHost, Database],
      useFactory: (config: Config, host: HttpAdapterHost, { records }: Database) =>
        new ScimDoor(
          originOf(new PublicUrl(config, host)),
          new TokenUses(
            (token, tenant) => noteScimTokenUse(records, token, tenant),
            (error) => logger.warn({ error }, 'that a SCIM token was used could not be kept'),
          ),
        ),
    },
    {
      provide: Provisioning,
      inject: [Database, GateService, Callers, Approvals],
      useFactory: (database: Database, gate: GateService, callers: Callers, approvals: Approvals) => {
        const provisioning = new Provisioning({
          ...{ database, gate, callers },
          onFault: (error) => logger.error({ error }, 'what an identity provider asked for could not be kept'),
        })
        const [guard, changes] = [new BrakeGuard({ database, gate }), new HeldChanges({ database, gate, approvals })]
        const rolesLost = new RolesLost(database)
        provisioning.guardBy((change) => guard.look(change))
        provisioning.guardBy((change) => rolesLost.look(change))
        provisioning.onHeldOff((asked, held) => changes.list(asked, held))
        return provisioning
      },
    },
    {
      provide: ScimBrakes,
      inject: [Database, GateService, Approvals, Callers, PostgresOutbox],
      useFactory: (
        ...[database, gate, approvals, callers, outbox]: [Database, GateService, Approvals, Callers, PostgresOutbox]
      ) => new ScimBrakes({ database, gate, approvals, callers, outbox }),
    },
    {
      provide: BrakeUndo,
      inject: [Database, GateService, Callers],
      useFactory: (database: Database, gate: GateService, callers: Callers) =>
        new BrakeUndo({ database, gate, callers }),
    },
    {
      provide: ScimUsers,
      inject: [Database, Provisioning, Pseudonyms],
      useFactory: (database: Database, provisioning: Provisioning, pseudonyms: Pseudonyms) =>
        new ScimUsers({ database, provisioning, pseudonyms }),
    },
    {
      provide: ScimGroups,
      inject: [Database, Provisioning],
      useFactory: (database: Database, provisioning: Provisioning) => new ScimGroups({ database, provisioning }),
    },
    { provide: ScimSearch, inject: [Database], useFactory: (database: Database) => new ScimSearch(database) },
    {
      provide: BulkLimits,
      inject: [CONFIG],
      useFactory: ({ SCIM_BULK_OPERATIONS, SCIM_BULK_BYTES }: Config) =>
        new BulkLimits(SCIM_BULK_OPERATIONS, SCIM_BULK_BYTES),
    },
    {
      provide: ScimBulk,
      inject: [Provisioning, ScimUsers, ScimGroups, Pseudonyms, BulkLimits],
      useFactory: (
        ...[provisioning, users, groups, pseudonyms, limits]: [
          ...[Provisioning, ScimUsers, ScimGroups, Pseudonyms, BulkLimits],
        ]
      ) => new ScimBulk({ provisioning, users, groups, pseudonyms, limits }),
    },
  ],
  exports: [Provisioning],
})
export class ScimModule {}
