import { describe, expect, it } from '@jest/globals'
import { decisionFinder } from './call-decision.rules.js'
import type { RecordedCall, Recording } from '#runtime/recordings/recording.rules.js'
import { shownRecording } from '#runtime/recordings/shown-recording.rules.js'

const SECRET = 'sk-ü1'
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))
const calls: RecordedCall[] = [
  { name: 'secrets.get', args: { name: 'TOKEN' }, answer: { ok: SECRET } },
  {
    name: 'http.fetch',
    args: {
      ...{ method: 'POST', url: `https://a.example/x?t=${SECRET}`, headers: [['x-token', SECRET]] },
      body: bytes([0xff, 0xfe], SECRET, [0]),
    },
    answer: { ok: { status: 200, headers: [], body: bytes(`you sent ${SECRET}`) } },
  },
  { name: 'log.write', args: { level: 'info', message: SECRET }, answer: null },
]
const request = { method: 'GET', path: '/', params: [], query: [], headers: [], body: bytes('') }
const recording: Recording = {
  calls,
  job: {
    ...{
      executionId: 'e',
      tenantId: 't',
      artifact: { digest: `sha256:${'0'.repeat(64)}`, folder: '' },
      deadline: 1,
      labels: {},
    },
    ...{ request, fixed: { nowMs: 5, seed: new Uint8Array(32) } },
    limits: { fuel: 1, memory_bytes: 1, wall_ms: 1, host_calls: 1, output_bytes: 1 },
  },
  result: {
    outcome: 'ok',
    response: { status: 200, headers: [], body: bytes(SECRET) },
    usage: { fuel: 1, memory_bytes: 1, wall_ms: 1, host_calls: 1, output_bytes: 1 },
  },
}

describe('a recording as it is shown', () => {
  const shown = shownRecording(recording, () => null)

  it('has no secret that the guest was given, not in text, nor between other bytes', () => {
    expect(JSON.stringify(shown)).not.toContain('sk-')
    expect(shown.steps[0]!.answer).toEqual({ ok: '[secret TOKEN]' })
    const { body } = shown.steps[1]!.args as { body: { base64: string } }
    expect(Buffer.from(body.base64, 'base64').toString('latin1')).not.toContain('sk-')
    expect(shown.result.response!.body).toEqual({ text: '[secret TOKEN]' })
  })

  it('says which calls waited for no answer', () => {
    expect(shown.steps.map(({ posted }) => posted)).toEqual([false, false, true])
  })
})

describe('the decision on a call', () => {
  const input = (name: string, facts: object) => ({ capability: { name }, ...facts })
  const put = (key: string, answer: RecordedCall['answer'] = { ok: null }): RecordedCall => ({
    ...{ name: 'kv.set', args: { key, value: new Uint8Array(1) }, answer },
  })

  it('is the one that fits, the same for identical calls, and the next one after a flush', () => {
    const decided = ['a', 'b', 'a'].map((key, at) => ({
      decision: { id: `${at}` },
      input: input('kv.set', { kv: { key, size_bytes: 1 } }),
    }))
    const find = decisionFinder(decided)
    expect([put('b'), put('a'), put('b'), put('a'), put('a'), put('c')].map((call) => find(call)?.id)).toEqual([
      ...['1', '0', '1', '2', '2', undefined],
    ])
  })

  it('is the one that a refusal names', () => {
    const decided = [{ decision: { id: '7' }, input: input('kv.get', {}) }]
    const refused = put('x', { error: { code: 'capability.not_granted', message: '', decision_id: '7' } })
    expect(decisionFinder(decided)(refused)).toEqual({ id: '7' })
  })
})
