import { Module } from '@nestjs/common'
import { PolicyFiles } from '../gate/policy-files.js'
import { PolicySet } from '../gate/policy-set.service.js'
import { TenantModules } from '../gate/tenant-modules.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Database } from '../platform/database/database.service.js'
import { READ_GATE, type ReadGate } from '../platform/http/ports.js'
import { DraftChecks } from './draft-checks.service.js'
import { Drafts } from './drafts.service.js'
import { ExplainController } from './explain.controller.js'
import { PastDecisions } from './past-decisions.service.js'
import { PolicyModule } from './policy.module.js'
import { PolicyTool } from './policy-tool.js'
import { Traces } from './traces.service.js'
import { Tries } from './tries.service.js'
import { Turns } from './turns.js'

/** Traces and tries of one organisation that may wait or be at work; each takes a second or two. They do not wait for checks, nor checks for them. */
const MAX_WAITING = 8

type TryDependencies = [
  ...[PastDecisions, ReadGate, Drafts, DraftChecks, PolicyFiles, PolicySet, TenantModules, PolicyTool, Turns],
]

/** Explaining decisions by what policy read, and by what it would answer. */
@Module({
  imports: [PolicyModule],
  controllers: [ExplainController],
  providers: [
    { provide: Turns, useFactory: () => new Turns(MAX_WAITING) },
    {
      provide: PastDecisions,
      inject: [Database, READ_GATE],
      useFactory: (database: Database, reads: ReadGate) => new PastDecisions(database, reads),
    },
    {
      provide: Traces,
      inject: [Database, BlobStore, PastDecisions, PolicyTool, Turns],
      useFactory: (database: Database, blobs: BlobStore, past: PastDecisions, tool: PolicyTool, turns: Turns) =>
        new Traces({ database, blobs, past, tool, turns }),
    },
    {
      provide: Tries,
      inject: [PastDecisions, READ_GATE, Drafts, DraftChecks, PolicyFiles, PolicySet, TenantModules, PolicyTool, Turns],
      useFactory: (...[past, reads, drafts, checks, files, policies, tenants, tool, turns]: TryDependencies) =>
        new Tries({ past, reads, drafts, checks, files, policies, tenants, tool, turns }),
    },
  ],
})
export class ExplainModule {}
