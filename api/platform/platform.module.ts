import { Global, Module, type DynamicModule } from '@nestjs/common'
import { BlobStore } from './blobs/blob-store.js'
import { CONFIG, type Config } from './config/config.js'
import { Database } from './database/database.service.js'
import { HttpModule } from './http/http.module.js'
import { IsolationModule } from './isolation/isolation.module.js'
import { KeyFiles } from './keys/key-files.js'
import { OpenApiModule } from './openapi/openapi.module.js'
import { OutboxModule } from './outbox/outbox.module.js'
import { TelemetryModule } from './telemetry/telemetry.module.js'

/** What must be there before any module: the configuration, and a database that answers. */
export interface PlatformParts {
  readonly config: Config
  readonly database: Database
  readonly keys: KeyFiles
  readonly blobs: BlobStore
}

/** The ground that every module stands on; its providers are seen everywhere. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, database, keys, blobs }: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      imports: [HttpModule, IsolationModule, OpenApiModule, OutboxModule, TelemetryModule],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Database, useValue: database },
        { provide: KeyFiles, useValue: keys },
        { provide: BlobStore, useValue: blobs },
      ],
      exports: [CONFIG, Database, KeyFiles, BlobStore, OutboxModule],
    }
  }
}
