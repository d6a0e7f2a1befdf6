import type { KeyFiles } from '../platform/keys/key-files.js'
import type { RotatingKey } from '../platform/keys/rotating-key.js'

/** The platform's keys that sign policy. */
export class PolicyKeys {
  private constructor(
    /** Seals revisions; its signature is demanded of whatever decides here. */
    readonly sealing: RotatingKey,
    /** Signs the same policies for OPA agents. */
    readonly agents: RotatingKey,
  ) {}

  /** Both are made now and not with the first seal: a key file that is missing later counts as lost. */
  static async of(files: KeyFiles): Promise<PolicyKeys> {
    const keys = new PolicyKeys(files.rotating('policy'), files.rotating('opa'))
    await Promise.all([keys.sealing.signing(), keys.agents.signing()])
    return keys
  }
}
