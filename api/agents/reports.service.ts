import { setImmediate } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { OpaLogsTaken, OpaStatusReport } from '#contract/api/agents.js'
import { problem } from '#contract/problems.js'
import { newDecisionId } from '../ledger/decision-id.js'
import type { Caller } from '../platform/http/caller.js'
import type { AgentRecords, Owner } from './agents.repository.js'
import { agentOf, toldDecision, unpackLog, type ToldDecision } from './decision-logs.rules.js'
import { stateOf } from './status.rules.js'

/** An agent sends its own decisions; a collector in between may put those of some together. */
const MAX_AGENTS = 100
/** So many events are read before others have their turn: whoever decides meanwhile must not wait for all of a log. */
const AT_A_TIME = 100

/** Takes what OPA agents tell of themselves and of what they decided. */
export class AgentReports {
  private readonly logger = new Logger('agents')

  constructor(
    private readonly records: Pick<AgentRecords, 'keepState' | 'heardFrom' | 'keepDecisions'>,
    private readonly now: () => number,
  ) {}

  /** Keeps an agent's status in place of the one before. */
  async status(caller: Caller, report: OpaStatusReport): Promise<{ agent: string }> {
    const state = stateOf(report)
    await this.records.keepState(ownerOf(caller), state)
    return { agent: state.agent }
  }

  /**
   * Keeps the decisions of a log. What is in no form of OPA's is counted and left out: were it refused with all the rest,
   * the agent would send it again for ever, and nothing after it. Raises what `unpackLog` does, and `request.invalid`
   * for a log of very many agents.
   */
  async logs(
    caller: Caller,
    { body, encoding }: { body: Buffer; encoding: string | undefined },
  ): Promise<OpaLogsTaken> {
    const events = await unpackLog(body, encoding)
    const told: ToldDecision[] = []
    const refusedBy = new Map<string | null, number>()
    for (const [read, event] of events.entries()) {
      if (read % AT_A_TIME === 0) await setImmediate()
      const decision = toldDecision(event)
      const agent = agentOf(event)
      refusedBy.set(agent, (refusedBy.get(agent) ?? 0) + (decision ? 0 : 1))
      if (decision) told.push(decision)
    }
    if (refusedBy.size > MAX_AGENTS) {
      const detail = `must be of at most ${MAX_AGENTS} agents; send the others by themselves`
      throw problem('request.invalid', { errors: [{ pointer: '', detail }] })
    }
    const owner = ownerOf(caller)
    if (told.length > 0) await this.records.keepDecisions(owner, this.named(told))
    for (const [agent, refused] of refusedBy) if (agent !== null) await this.records.heardFrom(owner, agent, refused)
    const refused = events.length - told.length
    if (refused > 0) this.logger.warn({ refused, principal: owner.principal }, 'decisions of an agent cannot be kept')
    return { kept: told.length, refused }
  }

  private named(told: readonly ToldDecision[]): (ToldDecision & { id: string })[] {
    return told.map((decision) => ({ ...decision, id: newDecisionId(this.now()) }))
  }
}

const ownerOf = ({ tenantId, actor }: Caller): Owner => {
  if (tenantId === null) throw new Error('an agent comes with a key of an organisation')
  return { tenant: tenantId, principal: actor.id }
}
