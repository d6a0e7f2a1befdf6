import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { aboutCallOf } from '../../installs/call-target.rules.js'
import type { Call } from '../call.js'
import { Recorder } from './recorder.js'

/** Asks the gate whether a call may be recorded, before the call itself is decided. Raises the problem of a refusal. */
export const permitRecording = async (
  { caller, target }: Pick<Call, 'caller' | 'target'>,
  gate: Pick<GateService, 'decide' | 'requireAllow'>,
): Promise<Recorder> => {
  const resource = {
    ...{ kind: 'execution', id: target.extension },
    ...{ tenant_id: target.tenantId, publisher_id: target.publisherId },
  }
  const about = aboutCallOf(target, caller.correlationId)
  const outcome = await gate.decide('execution.record', adminFacts(caller, resource), about)
  gate.requireAllow(outcome)
  return new Recorder(outcome.decisionId)
}
