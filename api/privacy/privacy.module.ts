import { Module } from '@nestjs/common'
import { Approvals } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { Database } from '../platform/database/database.service.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { AccessReviews } from './access-review.service.js'
import { AuditController } from './audit.controller.js'
import { Audit } from './audit.service.js'
import { Erasures, type ErasureParts } from './erasure.service.js'
import { PersonalDataExports } from './personal-data.service.js'
import { PrivacyController } from './privacy.controller.js'

/** Who did what, who has what, what is kept of people, and its end. */
@Module({
  controllers: [PrivacyController, AuditController],
  providers: [
    Audit,
    AccessReviews,
    PersonalDataExports,
    {
      provide: Erasures,
      inject: [Database, GateService, Approvals, Callers, PostgresOutbox],
      useFactory: (
        ...[database, gate, approvals, callers, outbox]: [Database, GateService, Approvals, Callers, PostgresOutbox]
      ) => new Erasures({ database, gate, approvals, callers, outbox } satisfies ErasureParts),
    },
  ],
})
export class PrivacyModule {}
