import { Global, Module } from '@nestjs/common'
import { TenantDocuments } from './documents.service.js'
import { GroupRulesController } from './group-rules.controller.js'
import { GroupRulesPreviews } from './group-rules-previews.service.js'
import { LimitsController } from './limits.controller.js'
import { ListsController } from './lists.controller.js'
import { RolesController } from './roles.controller.js'
import { ScimSchemasController } from './scim-schemas.controller.js'

/** What organisations lay down for themselves: lists, limits, roles, and which roles groups give. */
@Global()
@Module({
  controllers: [ListsController, LimitsController, RolesController, GroupRulesController, ScimSchemasController],
  providers: [TenantDocuments, GroupRulesPreviews],
  exports: [TenantDocuments],
})
export class DocumentsModule {}
