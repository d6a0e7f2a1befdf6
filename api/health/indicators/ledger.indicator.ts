import type { LedgerLog } from '../../ledger/log.service.js'
import type { SequencerService } from '../../ledger/sequencer.service.js'
import type { HealthIndicator } from '../indicator.js'

/** Entries are sequenced several times a second; one that has waited this long says that nobody does. */
const LAG_MS = 10_000

/** Whether the log grows. Decisions are durable before that, so a log that lags degrades the service and stops nothing. */
export const ledgerIndicator = (
  log: Pick<LedgerLog, 'progress'>,
  sequencer: Pick<SequencerService, 'fault'>,
): HealthIndicator => ({
  name: 'ledger',
  check: async () => {
    const { size, unsequenced, lagMs } = await log.progress()
    const facts = { head: size, unsequenced, lag_ms: lagMs }
    if (sequencer.fault !== null) return { status: 'degraded', ...facts, fault: sequencer.fault }
    return { status: lagMs > LAG_MS ? 'degraded' : 'up', ...facts }
  },
})
