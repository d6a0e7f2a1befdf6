import type { ApprovalDemand } from '#contract/decisions/answer.js'
import type { Gate } from '#contract/vocabulary.js'
import type { z } from 'zod'

type Kind = z.infer<typeof ApprovalDemand>['kind']

/** Gates at which somebody acts on an approval once it is settled, and the kind that it has there. */
const SETTLED: Partial<Record<Gate, Kind>> = { publish: 'review', install: 'consent', killswitch: 'kill_release' }

/** Whether a hold of this kind leads anywhere at a gate. Where no approvals are opened at all, a hold is refused like a denial. */
export const canBeSettled = (gate: Gate, kind: Kind): boolean => SETTLED[gate] === undefined || SETTLED[gate] === kind
