import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockfilePath } from '../guests.js'
import { shown, type Step } from '../step.js'
import { AUDITOR } from './publish.js'

const executionReceiptProven: Step = {
  name: 'execution_receipt_proven',
  async show(world) {
    const id = world.recall('execution:call_ok')
    const file = join(world.folder, 'receipt.json')
    const written = await world.eventually(
      () => world.cli('acme_admin', 'execution', 'receipt', id, '--out', file),
      ({ code }) => code === 0,
    )
    shown(written.answer['proven'] === true, 'the receipt is in the log', written)
    const keys = await world.request('acme_admin', '/v1/ledger/keys')
    const [{ verifier }] = keys.body['keys'] as [{ verifier: string }]
    const verify = (path: string) => world.cli('acme_admin', 'audit', 'receipt', path, '--verifier', verifier)
    const verified = await verify(file)
    shown(verified.code === 0, 'it verifies without the service', verified)
    const forged = join(world.folder, 'forged.json')
    writeFileSync(forged, readFileSync(file, 'utf8').replace('"outcome":"ok"', '"outcome":"trap"'))
    const refused = await verify(forged)
    shown(refused.code === 1 && refused.answer['fault'] === 'receipt_altered', 'one with another end does not', refused)
    return { execution_id: id, detail: verified.answer['detail'], forged: refused.answer['fault'] }
  },
}

const executionReplayed: Step = {
  name: 'execution_replayed',
  async show(world) {
    const call = (person: 'acme_member' | 'acme_admin') =>
      world.cli(person, 'call', AUDITOR, '/audit', '--body', `@${lockfilePath}`, '--record')
    const refused = await call('acme_member')
    shown(refused.answer['status'] === 403, 'who may only call may not record', refused.answer)
    const recorded = await call('acme_admin')
    const id = String(recorded.answer['decision_id'])
    const replayed = await world.eventually(
      () => world.cli('acme_admin', 'execution', 'replay', id),
      ({ code }) => code === 0,
    )
    shown(replayed.answer['verdict'] === 'identical', 'it goes the same way again', replayed.answer)
    const { host_calls, fuel, decisions } = replayed.answer
    return { execution_id: id, verdict: replayed.answer['verdict'], host_calls, fuel, decisions }
  },
}

export const executionSteps: readonly Step[] = [executionReceiptProven, executionReplayed]
