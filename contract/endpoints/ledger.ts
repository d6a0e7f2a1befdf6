import {
  CheckpointReply,
  ConsistencyQuery,
  ConsistencyReply,
  InclusionQuery,
  InclusionReply,
  LedgerKeysReply,
} from '../api/ledger.js'
import { endpoint } from '../endpoint.js'

/** The Merkle log of decisions: checkpoints, proofs and the whole log for an offline verifier. */
export const ledgerEndpoints = {
  'ledger.checkpoint': endpoint({
    method: 'GET',
    path: '/v1/ledger/checkpoint',
    summary: 'The newest signed checkpoint',
    action: 'audit.read',
    response: CheckpointReply,
    status: 200,
  }),
  'ledger.keys': endpoint({
    method: 'GET',
    path: '/v1/ledger/keys',
    summary: 'The keys that sign checkpoints',
    action: 'audit.read',
    response: LedgerKeysReply,
    status: 200,
  }),
  'ledger.inclusion': endpoint({
    method: 'GET',
    path: '/v1/ledger/proofs/inclusion',
    summary: 'Proof that an entry is in the log',
    action: 'audit.read',
    query: InclusionQuery,
    response: InclusionReply,
    status: 200,
  }),
  'ledger.consistency': endpoint({
    method: 'GET',
    path: '/v1/ledger/proofs/consistency',
    summary: 'Proof that an older log is a prefix of a newer one',
    action: 'audit.read',
    query: ConsistencyQuery,
    response: ConsistencyReply,
    status: 200,
  }),
  'ledger.export': endpoint({
    method: 'GET',
    path: '/v1/ledger/export',
    summary: 'The log as JSON lines, with all that an offline verifier needs',
    action: 'audit.export',
    response: { type: 'application/jsonl' },
    status: 200,
  }),
}
