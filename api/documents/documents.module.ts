import { Global, Module } from '@nestjs/common'
import { TenantDocuments } from './documents.service.js'
import { LimitsController } from './limits.controller.js'
import { ListsController } from './lists.controller.js'
import { RolesController } from './roles.controller.js'

/** What organisations lay down for themselves: lists, limits and roles. */
@Global()
@Module({
  controllers: [ListsController, LimitsController, RolesController],
  providers: [TenantDocuments],
  exports: [TenantDocuments],
})
export class DocumentsModule {}
