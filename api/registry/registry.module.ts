import { join } from 'node:path'
import { Module, type OnModuleInit } from '@nestjs/common'
import { JobRunner } from '#runtime/jobs/run-job.js'
import { APPROVAL_TOPICS, Approvals, type ApprovalSettled } from '../approvals/approvals.service.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { readTrustBundle } from '../platform/config/trust-bundle.js'
import { Database } from '../platform/database/database.service.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { PostgresOutbox } from '../platform/outbox/outbox.service.js'
import { Artifacts } from './artifacts.service.js'
import { Catalogue } from './catalogue.service.js'
import { Dossiers } from './dossier.service.js'
import { Inspector } from './inspector.service.js'
import { Publications } from './publications.service.js'
import { Publishers } from './publishers.service.js'
import { Publishing, type PublishingParts } from './publishing.service.js'
import { RegistryController } from './registry.controller.js'
import { Reviews, type ReviewsParts } from './review.service.js'
import { Rungs } from './rungs.service.js'
import { Submissions } from './submissions.service.js'
import { Trust } from './trust.service.js'
import { Versions } from './versions.service.js'

/** A large component takes seconds to admit; a bundle that takes longer than this is not examined at all. */
const JOB_LIMITS = { wallMs: 60_000, heapMb: 1024, outputBytes: 256 * 1024 * 1024 }

/** Publishers, extensions, versions and how they get in. */
@Module({
  controllers: [RegistryController],
  providers: [
    Catalogue,
    Publishers,
    Dossiers,
    Versions,
    Rungs,
    {
      provide: Trust,
      inject: [KeyFiles, CONFIG],
      useFactory: async (keys: KeyFiles, config: Config) =>
        new Trust(await keys.signing('registry'), await readTrustBundle(config)),
    },
    {
      provide: Artifacts,
      inject: [BlobStore, KeyFiles, CONFIG],
      useFactory: async (blobs: BlobStore, keys: KeyFiles, { dataFolder }: Config) =>
        new Artifacts({ blobs, glueKey: await keys.signing('glue'), folder: join(dataFolder, 'artifacts') }),
    },
    {
      provide: Inspector,
      inject: [Isolation],
      useFactory: (isolation: Isolation) =>
        new Inspector(new JobRunner(isolation.wall.kind, JOB_LIMITS), () => isolation.requireWall()),
    },
    {
      provide: Submissions,
      inject: [Database, Dossiers, Trust],
      useFactory: (database: Database, dossiers: Dossiers, trust: Trust) =>
        new Submissions({ database, dossiers, trust }),
    },
    {
      provide: Publications,
      inject: [Database, GateService, Trust],
      useFactory: (database: Database, gate: GateService, trust: Trust) => new Publications({ database, gate, trust }),
    },
    {
      provide: Publishing,
      inject: [GateService, Approvals, BlobStore, Artifacts, Inspector, Submissions, Publications],
      useFactory: (
        ...[gate, approvals, blobs, artifacts, inspector, submissions, publications]: PublishingDependencies
      ) => new Publishing({ gate, approvals, blobs, artifacts, inspector, submissions, publications }),
    },
    {
      provide: Reviews,
      inject: [GateService, Approvals, BlobStore, Callers, Submissions, Publications],
      useFactory: (...[gate, approvals, blobs, callers, submissions, publications]: ReviewsDependencies) =>
        new Reviews({ gate, approvals, blobs, callers, submissions, publications }),
    },
  ],
  exports: [Trust, Artifacts],
})
export class RegistryModule implements OnModuleInit {
  constructor(
    private readonly outbox: PostgresOutbox,
    private readonly reviews: Reviews,
  ) {}

  onModuleInit(): void {
    this.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.reviews.settled(payload as ApprovalSettled))
  }
}

type PublishingDependencies = [
  PublishingParts['gate'],
  PublishingParts['approvals'],
  PublishingParts['blobs'],
  PublishingParts['artifacts'],
  PublishingParts['inspector'],
  PublishingParts['submissions'],
  PublishingParts['publications'],
]
type ReviewsDependencies = [
  ReviewsParts['gate'],
  ReviewsParts['approvals'],
  ReviewsParts['blobs'],
  ReviewsParts['callers'],
  ReviewsParts['submissions'],
  ReviewsParts['publications'],
]
