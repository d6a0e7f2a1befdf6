import type { PolicySet } from '../gate/policy-set.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { currentPolicy, type CurrentPolicy } from './activations.repository.js'

/** What decides, and the change that put it in force; undefined while the policy that ships was never replaced. */
interface Standing {
  readonly current: CurrentPolicy | undefined
  /** Null only while no policy could be loaded and none was ever activated. */
  readonly revision: string | null
}

/** Which revision decides, by the pointer; until one was activated, what this instance has loaded. */
export class InForce {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly policies: Pick<PolicySet, 'sealedAs'>,
  ) {}

  /** Null as {@link Standing} says. */
  async revision(): Promise<string | null> {
    return (await this.database.inScope({ platform: true }, (tx) => this.standing(tx))).revision
  }

  /** The same together with what else is read in one transaction. */
  async standing(tx: Queryable): Promise<Standing> {
    const current = await currentPolicy(tx)
    return { current, revision: current?.revision ?? this.policies.sealedAs }
  }
}
