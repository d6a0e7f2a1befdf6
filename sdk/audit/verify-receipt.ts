import type { ExecutionReceipt } from '#contract/api/invocations.js'
import { CheckpointRefused, verifyCheckpoint, type Checkpoint } from './checkpoint.rules.js'
import { executionLeaf, receiptIdOf } from './execution-leaf.rules.js'
import { leafHash, sameHash, verifyInclusion } from './merkle.rules.js'

/** Whether a receipt is what the log has, and where that is not so, what does not fit. */
export interface ReceiptReport {
  readonly proven: boolean
  readonly fault: 'receipt_altered' | 'not_included' | 'checkpoint_refused' | null
  readonly detail: string
  /** Of the checkpoint that was verified. */
  readonly origin: string | null
  readonly size: number | null
}

const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64')

/**
 * Verifies an execution's receipt without asking the service: the leaf again from its fields, the path to the root, and
 * who signed that.
 * @param verifiers trusted keys in verifier form, obtained apart from the receipt
 */
export const verifyReceipt = (given: ExecutionReceipt, verifiers: readonly string[]): ReceiptReport => {
  const { receipt, entry, leaf_hash, leaf_index, proof } = given
  const hash = leafHash(executionLeaf(receipt))
  if (entry !== receiptIdOf(receipt.id) || !sameHash(hash, bytes(leaf_hash)))
    return refused('receipt_altered', `the receipt of ${receipt.id} is not what was logged`)
  let checkpoint: Checkpoint
  try {
    checkpoint = verifyCheckpoint(given.checkpoint, verifiers)
  } catch (error) {
    if (error instanceof CheckpointRefused) return refused('checkpoint_refused', error.message)
    throw error
  }
  const { origin, size } = checkpoint
  if (!verifyInclusion({ hash, index: leaf_index }, checkpoint, proof.map(bytes)))
    return refused('not_included', 'the path does not lead to the root that was signed')
  const detail = `the execution ${receipt.id} is leaf ${leaf_index} of ${size}`
  return { proven: true, fault: null, detail, origin, size }
}

const refused = (fault: Exclude<ReceiptReport['fault'], null>, detail: string): ReceiptReport => ({
  ...{ proven: false, fault, detail },
  ...{ origin: null, size: null },
})
