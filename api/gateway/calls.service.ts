import type { KeptCallView } from '#contract/api/calls.js'
import { problem } from '#contract/problems.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { keptAnswer, type GatewayAnswer } from './ending.rules.js'
import { findKeptCall, type KeptCall } from './kept-calls.repository.js'

/** Shows whoever made a call how it stands, and gives them its answer. */
export class Calls {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly kill: Pick<KillState, 'check'>,
  ) {}

  /** How a call stands. Raises `not_found`, also where it is another's or has expired. */
  async show(caller: Caller, id: string): Promise<KeptCallView> {
    const {
      semver,
      extension,
      endpoint,
      status,
      problem: code,
      started_at,
      ended_at,
      expires_at,
      ...call
    } = await this.find(caller, id)
    const state = call.orphaned ? 'interrupted' : call.state
    const times = { started_at, ended_at, expires_at }
    return {
      id,
      state,
      extension,
      version: semver,
      endpoint,
      status,
      problem: code,
      ...times,
      result: `/v1/calls/${id}/result`,
    }
  }

  /**
   * The answer of a call. Raises `not_found`, `call.*`, the problem that it ended with, and `kill.engaged` or
   * `kill.lease_stale`: what killed code has answered is not handed out.
   */
  async result(caller: Caller, id: string): Promise<GatewayAnswer> {
    const call = await this.find(caller, id)
    const { tenant_id: tenantId, install_id: installId, publisher_id: publisherId, extension, semver } = call
    const stopped = this.kill.check({ tenantId, installId, publisherId, extension, semver })
    const code = stopped && ('engaged' in stopped ? 'kill.engaged' : 'kill.lease_stale')
    if (code) throw problem(code, { decisionId: id })
    const { headers, ...answer } = keptAnswer(call)
    return { ...answer, headers: { ...headers, 'x-gatehouse-execution-id': id } }
  }

  private async find({ tenantId, actor }: Caller, id: string): Promise<KeptCall> {
    if (tenantId === null) throw problem('not_found')
    const call = await this.database.inScope({ tenant: tenantId }, (tx) => findKeptCall(tx, id))
    if (call?.caller !== actor.id) throw problem('not_found')
    return call
  }
}
