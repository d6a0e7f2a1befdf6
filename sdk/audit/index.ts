export {
  CheckpointRefused,
  readCheckpoint,
  readVerifier,
  verifyCheckpoint,
  type Checkpoint,
} from './checkpoint.rules.js'
export { leafHash, verifyConsistency, verifyInclusion, type Hash } from './merkle.rules.js'
export { receiptIdOf } from './execution-leaf.rules.js'
export { verifyReceipt, type ReceiptReport } from './verify-receipt.js'
export { verifyExport, type AuditFinding, type AuditReport, type VerifyOptions } from './verify-export.js'
