import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { ExecutionReceipt, ExecutionRecord } from '#contract/api/invocations.js'
import { signCheckpoint, verifierOf } from './checkpoint.rules.js'
import { executionLeaf, receiptIdOf } from './execution-leaf.rules.js'
import { leafHash, nodeHash } from './merkle.rules.js'
import { verifyReceipt } from './verify-receipt.js'

const digest = `sha256:${'a'.repeat(64)}`
const id = '0199f3a1-7c0e-7abc-8def-0123456789ab'
const receipt: ExecutionRecord = {
  ...{ kind: 'execution', id, tenant_id: randomUUID(), workspace_id: randomUUID(), publisher_id: randomUUID() },
  ...{ install_id: randomUUID(), extension: 'com.example.one', semver: '1.0.0', digest, artifact: digest },
  ...{
    engine: 'engine',
    revision: digest,
    endpoint: 'run',
    outcome: 'ok',
    status: 200,
    fuel: 12,
    memory_bytes: 65_536,
  },
  ...{ wall_ms: 1.25, host_calls: 1, denied_calls: 0, decisions: [randomUUID()], output_bytes: 2 },
  ...{ input_digest: digest, output_digest: null, recording_digest: null, slot: 'node', correlation_id: 'c' },
  ...{ started_at: 1, ended_at: 2 },
}
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const verifiers = [verifierOf('log.example', publicKey)]
const sibling = Buffer.alloc(32, 7)
const hash = leafHash(executionLeaf(receipt))
const given: ExecutionReceipt = {
  receipt,
  entry: receiptIdOf(id),
  leaf_hash: Buffer.from(hash).toString('base64'),
  leaf_index: 1,
  proof: [sibling.toString('base64')],
  checkpoint: signCheckpoint(
    { origin: 'log.example', size: 2, root: nodeHash(sibling, hash), expiresAt: Date.now() + 1000 },
    privateKey,
  ),
}

describe('verifying a receipt', () => {
  it('proves one that the log has', () => {
    expect(verifyReceipt(given, verifiers)).toMatchObject({ proven: true, fault: null, origin: 'log.example', size: 2 })
  })

  it.each([
    ['other fuel', { receipt: { ...receipt, fuel: 13 } }, 'receipt_altered'],
    ['a decision less', { receipt: { ...receipt, decisions: [] } }, 'receipt_altered'],
    ['the entry of another execution', { entry: receiptIdOf(randomUUID()) }, 'receipt_altered'],
    ['another place in the log', { leaf_index: 0 }, 'not_included'],
    ['a path that leads elsewhere', { proof: [given.leaf_hash] }, 'not_included'],
  ] as const)('refuses %s', (_what, fault, expected) => {
    expect(verifyReceipt({ ...given, ...fault } as ExecutionReceipt, verifiers)).toMatchObject({
      proven: false,
      fault: expected,
    })
  })

  it('refuses a checkpoint that no trusted key signed', () => {
    const other = verifierOf('log.example', generateKeyPairSync('ed25519').publicKey)
    expect(verifyReceipt(given, [other])).toMatchObject({ proven: false, fault: 'checkpoint_refused' })
  })
})
