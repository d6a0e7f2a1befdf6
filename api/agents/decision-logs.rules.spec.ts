import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { refusal } from '../gate/testing/refusal.js'
import { agentOf, MAX_LOG_EVENTS, MAX_LOG_VALUES, toldDecision, unpackLog } from './decision-logs.rules.js'

const REVISION = `sha256:${'a'.repeat(64)}`
const ANSWER = { outcome: 'allow', rules: ['call.allowed'], reasons: [], obligations: [], approval: null }
const EVENT = {
  labels: { id: 'agent-1', version: '1.22.0' },
  decision_id: 'd-1',
  timestamp: '2026-11-26T02:41:20.123456789Z',
  path: 'governance/call/decision',
  bundles: { gatehouse: { revision: REVISION } },
  input: { b: 1, action: 'extension.invoke' },
  result: ANSWER,
  requested_by: '127.0.0.1:36282',
  metrics: { timer_rego_query_eval_ns: 1 },
}
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

describe('a decision that an agent told of', () => {
  it('is kept with its exact input and answer, and what they say', () => {
    const told = toldDecision(EVENT)!
    expect(told).toMatchObject({
      ...{ agent: 'agent-1', decision_id: 'd-1', gate: 'call', action: 'extension.invoke', outcome: 'allow' },
      ...{ revision: REVISION, masked: false, masked_paths: [], error: null, at: EVENT.timestamp },
    })
    expect(Buffer.from(told.input!).toString()).toBe('{"action":"extension.invoke","b":1}')
    expect(told.input_digest).toMatch(/^sha256:/)
  })

  it.each([
    ['erased', { erased: ['/input/subject'] }],
    ['masked', { masked: ['/input/subject'] }],
  ])('is masked where parts of it were %s', (_what, change) => {
    expect(toldDecision({ ...EVENT, ...change })).toMatchObject({ masked: true, masked_paths: ['/input/subject'] })
  })

  it.each<[string, object, object]>([
    ['another rule', { path: 'envoy/authz/allow' }, { gate: null, path: 'envoy/authz/allow' }],
    [
      'a part of an answer',
      { path: 'governance/call/decision/outcome', result: 'allow' },
      { gate: null, outcome: null },
    ],
    ['no rule', { path: undefined, query: 'data.x = y' }, { gate: null, path: null }],
    ['another bundle', { bundles: { own: { revision: REVISION } } }, { revision: null }],
    ['a policy of others', { bundles: { gatehouse: { revision: 'v7' } } }, { revision: null }],
    ['an action of others', { input: { action: 'read' } }, { action: null }],
    ['no input', { input: undefined }, { input: null, input_digest: null, action: null }],
    ['an input of null', { input: null }, { action: null }],
    ['an error', { result: undefined, error: { code: 'eval' } }, { answer: null, error: '{"code":"eval"}' }],
  ])('may be of %s', (_what, change, kept) => {
    expect(toldDecision({ ...EVENT, ...change })).toMatchObject(kept)
  })

  it.each<[string, unknown]>([
    ['no object', 7],
    ['no id', { ...EVENT, decision_id: undefined }],
    ['no agent', { ...EVENT, labels: { version: '1' } }],
    ['NUL in its id', { ...EVENT, decision_id: 'a\0' }],
    ['a lone surrogate in its input', { ...EVENT, input: { a: '\ud800' } }],
    ['no moment', { ...EVENT, timestamp: 'yesterday' }],
    ['a very deep input', { ...EVENT, input: nested(100) }],
    ['an input deep enough to exhaust a stack', { ...EVENT, input: nested(100_000) }],
  ])('is not kept with %s', (_what, event) => expect(toldDecision(event)).toBeNull())

  it('names its agent even where it is not kept', () => {
    expect(agentOf({ labels: { id: 'agent-1' } })).toBe('agent-1')
    expect(agentOf({ labels: { id: 'a\0' } })).toBeNull()
  })
})

describe('a decision log', () => {
  it('comes gzipped or plain', async () => {
    const body = Buffer.from(JSON.stringify([EVENT]))
    expect(await unpackLog(gzipSync(body), 'gzip')).toEqual([EVENT])
    expect(await unpackLog(body, undefined)).toEqual([EVENT])
  })

  it('that would grow beyond the limit is never unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    expect(await refusal(unpackLog(bomb, 'gzip'))).toContain('request.too_large')
  })

  it('of very many events is refused, however little it takes', async () => {
    const many = gzipSync(`[${Array.from({ length: MAX_LOG_EVENTS + 1 }, () => '{}').join()}]`)
    expect(many.byteLength).toBeLessThan(1024)
    expect(await refusal(unpackLog(many, 'gzip'))).toContain('request.too_large')
  })

  it('of one event with very many values is refused before it is read', async () => {
    const zeros = Array.from({ length: MAX_LOG_VALUES }, () => 0).join()
    const many = gzipSync(`[{"input":[${zeros}]}]`)
    expect(many.byteLength).toBeLessThan(8192)
    expect(await refusal(unpackLog(many, 'gzip'))).toContain('request.too_large')
  })

  it.each<[string, Buffer, string | undefined, string]>([
    ['no gzip', Buffer.from('[]'), 'gzip', 'request.malformed_json'],
    ['cut off', gzipSync('[{"a":1}]').subarray(0, 15), 'gzip', 'request.malformed_json'],
    ['no JSON', gzipSync('[{'), 'gzip', 'request.malformed_json'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), undefined, 'request.malformed_json'],
    ['no array', gzipSync('{}'), 'gzip', 'request.invalid'],
    ['packed otherwise', Buffer.from('[]'), 'br', 'request.unsupported_media_type'],
  ])('%s is refused', async (_what, body, encoding, code) => {
    expect(await refusal(unpackLog(body, encoding))).toContain(code)
  })
})
