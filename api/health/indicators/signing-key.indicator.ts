import type { LedgerLog } from '../../ledger/log.service.js'
import type { KeyFiles } from '../../platform/keys/key-files.js'
import type { HealthIndicator } from '../indicator.js'

/** Whether every key file is there and sound. The service goes on with the keys it has read; it would not start again. */
export const signingKeyIndicator = (
  keys: Pick<KeyFiles, 'inspect'>,
  log: Pick<LedgerLog, 'keys'>,
): HealthIndicator => ({
  name: 'signing_key',
  check: async () => {
    const unsound = (await keys.inspect()).filter(({ fault }) => fault !== null).map(({ file }) => file)
    return { status: unsound.length === 0 ? 'up' : 'down', signer: log.keys().keys[0]?.name, unsound }
  },
})
