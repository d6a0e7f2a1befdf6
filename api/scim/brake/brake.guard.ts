import { adminFacts, type AdminFacts } from '../../gate/admin-facts.rules.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import type { GateService } from '../../gate/gate.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { toldError } from '../http/scim-face.js'
import { ScimError } from '../protocol/scim-error.js'
import type { Change } from '../provisioning/change.js'
import { HeldOff } from '../provisioning/held-off.js'
import { scimFacts } from '../provisioning/provisioning.service.js'
import { findBefore, findPoorer } from './before.repository.js'
import {
  isPrivileged,
  lossesOf,
  namedIn,
  peopleIn,
  renamedIn,
  staysIn,
  type Before,
  type Loss,
} from './losses.rules.js'
import { findPace, findSaid, findWouldBeGone, holdBrake, insertLetGo, type Pace, type Said } from './pace.repository.js'

type BrakeFacts = NonNullable<AdminFacts['scim_brake']>

/** Seconds until the provider asks again while people look: they are not that fast, and it asks as often as it likes. */
const RETRY_S = 300

/** How many would go, and how many may by themselves, in the words of whoever looks after the provider. */
const inNumbers = ({ facts, windowMinutes }: Braked['pace']): string => {
  const { let_go, people, percent, floor } = facts
  const most = Math.max(floor, Math.floor((percent * people) / 100))
  const share = most > floor || floor === 0 ? `${percent} % (${counted(most)})` : `${counted(most)}`
  if (let_go > most)
    return `More than ${share} would go within ${windowMinutes} minutes, ${let_go} of ${people}; held until somebody releases it.`
  return `Other changes of this connection are held, and so is this until somebody releases it (${let_go} of ${people} people within ${windowMinutes} minutes).`
}
const counted = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** Held off for people to look at; what would have been lost, and the hold that says so. */
export class Braked extends HeldOff {
  constructor(
    readonly hold: Extract<Outcome, { kind: 'hold' }>,
    readonly losses: readonly Loss[],
    readonly pace: { readonly facts: BrakeFacts; readonly windowMinutes: number },
  ) {
    const why = hold.reasons.map(({ id, message }) => (id === 'admin.scim_brake' ? inNumbers(pace) : message))
    const remedies = new Set(hold.reasons.map(({ remedy }) => remedy))
    super([...why, ...remedies, `Decision ${hold.decisionId}.`].join(' '), RETRY_S)
  }
}

export interface BrakeGuardParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'refusal'>
}

/** What is known of a request before it is decided. */
interface Weighing {
  readonly losses: readonly Loss[]
  readonly before: Before
  readonly pace: Pace
  readonly said: readonly Said[]
}

/** Stops a connection from letting many people go at once. */
export class BrakeGuard {
  constructor(private readonly parts: BrakeGuardParts) {}

  /** Looks at a change. Raises Braked where people have to look first, HeldOff where they looked and said no. */
  async look(change: Change): Promise<void> {
    const { tx, caller, effects } = change
    const { tenantId } = caller
    const [named, renamed] = [namedIn(effects), renamedIn(effects)]
    if (named.people.length === 0 && renamed.length === 0) return
    const { before, poorer } = await this.parts.database.inScope({ tenant: tenantId }, async (reader) => {
      const poorer = await findPoorer({ reader, tx }, tenantId, renamed)
      const people = [...new Set([...named.people, ...poorer.map(({ member_id }) => member_id)])]
      const left = [...new Set([...named.left, ...poorer.map(({ group_id }) => group_id)])]
      return { poorer, before: await findBefore(reader, tenantId, { people, left, goes: named.goes }) }
    })
    const losses = lossesOf(effects, before, poorer)
    if (losses.length === 0) return
    const weighing = await this.weigh(change, { losses, before })
    await this.decide(change, weighing)
    await insertLetGo(tx, caller.scim.connectionId, weighing)
  }

  /** From here on others wait: what is counted is not counted twice. */
  private async weigh(
    { tx, caller }: Change,
    { losses, before }: Pick<Weighing, 'losses' | 'before'>,
  ): Promise<Weighing> {
    const { connectionId, tokenId, preview } = caller.scim
    await holdBrake(tx, connectionId)
    const pace = await findPace(tx, connectionId)
    const minutes = pace.settings.window_minutes
    const said = await findSaid(tx, connectionId, { losses, minutes })
    if (!preview) return { losses, before, pace, said }
    // What previews would have done was rolled back, and is counted by what was logged of it.
    const would = await this.parts.database.inScope({ tenant: caller.tenantId }, (reader) =>
      findWouldBeGone(reader, tokenId, minutes),
    )
    const gone = [...pace.gone, ...would.map((id) => ({ id, off: false }))]
    return { losses, before, pace: { ...pace, gone }, said }
  }

  private async decide(change: Change, weighing: Weighing): Promise<void> {
    const { asked, caller } = change
    const { tenantId, correlationId } = caller
    const { losses, pace, said } = weighing
    const facts = factsOf(weighing)
    const { connectionId: id } = caller.scim
    const resource = { kind: 'scim_connection', id, tenant_id: tenantId, publisher_id: null }
    const parts = { scim: scimFacts(asked), scim_brake: facts }
    const outcome = await this.parts.gate.decide('scim.let_go', adminFacts(caller, resource, parts), {
      ...{ correlationId, tenantId },
    })
    switch (outcome.kind) {
      case 'allow':
        return
      case 'hold':
        throw new Braked(
          outcome,
          losses.filter((_, place) => said[place]?.released === null),
          { facts, windowMinutes: pace.settings.window_minutes },
        )
      case 'deny': {
        const { status, detail } = toldError(this.parts.gate.refusal(outcome))
        if (facts.rejected > 0) throw new HeldOff(detail, pace.settings.window_minutes * 60)
        throw new ScimError(status, detail)
      }
      case 'unavailable':
        throw this.parts.gate.refusal(outcome)
    }
  }
}

const factsOf = ({ losses, before, pace, said }: Weighing): BrakeFacts => {
  const asked = losses.filter((_, place) => said[place]!.released === null)
  const stay = losses.filter((_, place) => said[place]!.released === null && said[place]!.rejected)
  const gone = new Set([...pace.gone, ...asked.map(({ person: id }) => ({ id }))].map(({ id }) => id))
  // Whoever was turned off in the window, or is by this request, counts among the people who were there.
  const off = new Set([
    ...pace.gone.flatMap((one) => (one.off ? one.id : [])),
    ...losses.flatMap((loss) => (staysIn(loss) ? [] : loss.person)),
  ])
  return {
    ...{ asked: peopleIn(asked), let_go: gone.size, people: pace.active + off.size },
    ...{ percent: pace.settings.percent, floor: pace.settings.people },
    privileged: peopleIn(asked.filter((loss) => isPrivileged(loss, before))),
    ...{ waiting: pace.waiting, rejected: peopleIn(stay) },
  }
}
