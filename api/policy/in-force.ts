import type { PolicyActivation } from '#contract/api/policy.js'
import type { Approvals } from '../approvals/approvals.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { currentPolicy, insertActivation, type CurrentPolicy, type NewActivation } from './activations.repository.js'

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

interface InForceChange {
  readonly approvals: Pick<Approvals, 'overtake'>
  readonly made: NewActivation
  /** What those are told who wait to replace the same. */
  readonly because?: string
}

/** Moves the pointer. What else waits to replace the same policy is void then. Raises as {@link insertActivation} does. */
export const changeInForce = async (
  tx: GovernedTransaction,
  { approvals, made, because = 'Another policy came in force, or went out of it' }: InForceChange,
): Promise<PolicyActivation> => {
  await approvals.overtake(tx, { kind: 'policy', parts: { after: made.after }, because })
  return insertActivation(tx, made)
}
