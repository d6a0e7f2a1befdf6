import type { PolicySet } from '../gate/policy-set.service.js'
import type { Database } from '../platform/database/database.service.js'
import { currentPolicy } from './activations.repository.js'

/** Which revision decides, by the pointer; until one was activated, what this instance has loaded. */
export class InForce {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly policies: Pick<PolicySet, 'revision'>,
  ) {}

  /** Null only while no policy could be loaded and none was ever activated. */
  async revision(): Promise<string | null> {
    const current = await this.database.inScope({ platform: true }, currentPolicy)
    return current?.revision ?? this.policies.revision
  }
}
