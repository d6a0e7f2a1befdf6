import type { KeyObject } from 'node:crypto'
import { createHash, createPublicKey } from 'node:crypto'
import { verifierOf } from '#sdk/audit/checkpoint.rules.js'

/** The key that signs checkpoints, and the name of the log that it makes. */
export interface LedgerKey {
  readonly privateKey: KeyObject
  readonly keyid: string
  /** Origin of the log (C2SP tlog-checkpoint): two logs never share one. */
  readonly origin: string
  /** Public key in the verifier form of signed notes. */
  readonly verifier: string
}

/** Names a log after the key that signs it. */
export const ledgerKey = (privateKey: KeyObject): LedgerKey => {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const keyid = createHash('sha256').update(der).digest('hex').slice(0, 16)
  const origin = `gatehouse/ledger/${keyid}`
  return { privateKey, keyid, origin, verifier: verifierOf(origin, privateKey) }
}
