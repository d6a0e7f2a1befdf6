import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { ExecutionRecording } from '#contract/api/recordings.js'
import { stepThrough, type Keyboard } from './step-through.js'
import { placeAfter, placeInWords, placesOf } from './steps.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const reason = { id: 'capability.host_undeclared', message: 'No rule covers it', remedy: 'Declare the host' }
const recording = ExecutionRecording.parse({
  ...{ form: 1, execution_id: ID, artifact: `sha256:${'1'.repeat(64)}`, now_ms: 1_795_000_000_000 },
  request: { method: 'GET', path: '/hello', params: [], query: [], headers: [['accept', '*/*']], body: { text: '' } },
  limits: { fuel: 10, memory_bytes: 10, wall_ms: 10, host_calls: 5, output_bytes: 10 },
  steps: [
    {
      at: 0,
      name: 'log.write',
      args: { level: 'info', message: 'a\u001b[31mb' },
      posted: true,
      answer: null,
      decision: { id: ID, outcome: 'allow', reasons: [] },
    },
    {
      ...{ at: 1, name: 'http.fetch', args: { url: 'https://a.example/' }, posted: false },
      answer: { error: { code: reason.id, message: 'no', decision_id: ID } },
      decision: { id: ID, outcome: 'deny', reasons: [reason] },
    },
  ],
  result: {
    ...{ outcome: 'ok', response: { status: 200, headers: [], body: { text: 'hi' } }, error: null },
    ...{ fuel: 7, memory_bytes: 8, wall_ms: 1, host_calls: 2, output_bytes: 2 },
  },
})

describe('a recorded execution in words', () => {
  it('is the request, each host call with its decision, and the result', () => {
    expect(placesOf(recording)).toBe(4)
    const [request, log, fetch, result] = [0, 1, 2, 3].map((place) => placeInWords(recording, place))
    expect(request).toContain('GET /hello')
    expect(log).toContain('Host call 1 of 2')
    expect(log).toContain('ALLOW')
    expect(fetch).toMatch(/DENY .*\n.*capability.host_undeclared: No rule covers it\n.*Remedy: Declare the host/)
    expect(result).toContain('status    200')
  })

  it('steers no terminal', () => {
    expect(placeInWords(recording, 1)).not.toContain('\u001b')
  })
})

describe('keys', () => {
  it.each([
    ['n', 0, 1],
    ['n', 3, 3],
    ['p', 2, 1],
    ['p', 0, 0],
    ['e', 0, 3],
    ['b', 3, 0],
    ['x', 2, 2],
    ['q', 2, null],
    ['ctrl-c', 2, null],
  ])('%s from %i leads to %s', (key, place, expected) => {
    expect(placeAfter(key, place, 4)).toBe(expected)
  })

  it('walk through it, and the terminal is as it was afterwards', async () => {
    const keys = new PassThrough()
    const raw: boolean[] = []
    const keyboard = Object.assign(keys, { setRawMode: (mode: boolean) => void raw.push(mode) })
    let shown = ''
    const done = stepThrough(recording, keyboard as unknown as Keyboard, (text) => (shown += text))
    for (const key of ['n', 'n', 'p', 'e', 'q']) keys.write(key)
    await done
    expect(shown.match(/^(Request|Host call \d|Result)/gm)).toEqual([
      ...['Request', 'Host call 1', 'Host call 2', 'Host call 1', 'Result'],
    ])
    expect(raw).toEqual([true, false])
  })
})
