import { KeyFiles, ROTATING_KEYS } from '../platform/keys/key-files.js'
import { RotationRefused, type RingKey, type RotatingKey } from '../platform/keys/rotating-key.js'
import { OperationRefused } from './operation-refused.js'

/** What can be done with the keys that sign policy. */
export const KEY_VERBS = ['show', 'announce', 'rotate', 'revoke'] as const

/** What is asked for; `id` names the key to revoke. */
export interface KeyRequest {
  readonly verb: (typeof KEY_VERBS)[number]
  readonly name: (typeof ROTATING_KEYS)[number]
  readonly id?: string | undefined
  /** Rotates although the key was not announced for long. */
  readonly early?: boolean
}

/** One key as it is shown: enough to give it to an agent that brings its keys itself. */
interface ShownKey extends Pick<RingKey, 'id' | 'state'> {
  readonly since: string | null
  readonly public_key: string
}

/** The ring of a key after what was asked for. */
export interface KeyReport {
  readonly key: KeyRequest['name']
  readonly keys: readonly ShownKey[]
}

/**
 * Rotates the keys that sign policy, in the files of a data folder; the service reads them anew each time, so that it need
 * not stop. Raises `OperationRefused` with what to do, `KeyFileUnsound`.
 */
export async function signingKeys(dataFolder: string, request: KeyRequest, now: number): Promise<KeyReport> {
  const ring = (await KeyFiles.open(dataFolder)).rotating(request.name)
  try {
    await perform(ring, request, now)
  } catch (error) {
    throw error instanceof RotationRefused ? new OperationRefused(error.message) : error
  }
  return { key: request.name, keys: (await ring.keys()).map(shown) }
}

async function perform(ring: RotatingKey, { verb, id, early = false }: KeyRequest, now: number): Promise<void> {
  if (verb === 'announce') await ring.announce()
  if (verb === 'rotate') await ring.rotate(now, { early })
  if (verb === 'revoke') await ring.revoke(id ?? '')
}

const shown = ({ id, state, since, publicKey }: RingKey): ShownKey => ({
  ...{ id, state, since: since === null ? null : new Date(since).toISOString() },
  public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
})
