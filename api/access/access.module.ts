import { Module } from '@nestjs/common'
import { AccessController } from './access.controller.js'
import { Access } from './access.service.js'
import { CustomRoles } from './custom-roles.js'
import { Rehearsals } from './rehearsals.service.js'

/** Who may do what, and why. */
@Module({ controllers: [AccessController], providers: [Access, Rehearsals, CustomRoles] })
export class AccessModule {}
