import { digestOf } from '#runtime/digest.js'
import { openBytes, sealBytes, type KeyEncryptionKey } from '../../platform/keys/sealed-secret.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Scope } from '../../platform/database/scope.rules.js'
import type { Ended } from '../execution.rules.js'
import type { Recorder } from './recorder.js'
import { readRecording, type Recording } from '#runtime/recordings/recording.rules.js'
import { findRecording, type RecordingRow } from './recordings.repository.js'

/** How long a recording is kept, in milliseconds. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** A recording ready to be kept, with the digest that its receipt has. */
export interface SealedRecording {
  readonly row: RecordingRow
  readonly digest: string
}

/** Seals recordings, since they hold what callers sent and secrets that guests read, and opens them for a replay. */
export class Recordings {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly kek: KeyEncryptionKey,
  ) {}

  /** Seals what was recorded of an execution; null where nothing ran or it was too much. */
  seal(recorder: Recorder, { invocation, result, endedAt }: Ended): SealedRecording | null {
    const bytes = recorder.close(result)
    if (!bytes) return null
    const { executionId, target } = invocation
    const sealed = sealBytes(this.kek, bytes, placeOf(target.tenantId, executionId))
    const row = {
      ...{ execution_id: executionId, tenant_id: target.tenantId, decision_id: recorder.decisionId, sealed },
      expires_at: endedAt + KEPT_MS,
    }
    return { row, digest: digestOf(bytes) }
  }

  /** A recording with its digest; null where the scope has none that is still kept. Raises `SecretUnreadable`. */
  async open(scope: Scope, executionId: string): Promise<{ recording: Recording; digest: string } | null> {
    const row = await this.database.inScope(scope, (tx) => findRecording(tx, executionId))
    if (!row) return null
    const bytes = openBytes(this.kek, row.sealed, placeOf(row.tenant_id, executionId))
    return { recording: readRecording(bytes), digest: digestOf(bytes) }
  }
}

const placeOf = (tenantId: string, executionId: string): string => `recording ${tenantId} ${executionId}`
