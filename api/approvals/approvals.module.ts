import { Global, Module } from '@nestjs/common'
import { GateService } from '../gate/gate.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { ApprovalMailer } from './approval-mailer.js'
import { ApprovalsController } from './approvals.controller.js'
import { Approvals } from './approvals.service.js'

/** What waits for people. */
@Global()
@Module({
  controllers: [ApprovalsController],
  providers: [
    {
      provide: Approvals,
      inject: [Database, GateService, PostgresOutbox],
      useFactory: (database: Database, gate: GateService, outbox: PostgresOutbox) =>
        new Approvals({ database, gate, outbox }),
    },
    {
      provide: ApprovalMailer,
      inject: [CONFIG],
      useFactory: ({ SMTP_URL, MAIL_FROM }: Config) =>
        new ApprovalMailer(SMTP_URL && MAIL_FROM ? { url: SMTP_URL, from: MAIL_FROM } : null),
    },
  ],
  exports: [Approvals, ApprovalMailer],
})
export class ApprovalsModule {}
