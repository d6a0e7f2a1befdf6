import { describe, expect, it } from '@jest/globals'
import { Findings } from './findings.js'

const base64 = (text: string) => ({ $base64: Buffer.from(text).toString('base64') })
const interaction = (status: number, uri = 'http://127.0.0.1:1/v1/things') => ({
  request: { method: 'POST', uri, body: base64('{"a":1}') },
  response: { status_code: status, content: base64('{"code":"internal"}') },
})
const failed = (name: string, message: string) => ({
  ...{ name, status: 'failure' },
  failure_info: { failure: { title: 'It differs', message } },
})
const scenario = (recorder: object) =>
  JSON.stringify({ ScenarioFinished: { phase: 'fuzzing', recorder: { label: 'POST /v1/things', ...recorder } } })

describe('what a run of Schemathesis tells', () => {
  it('is counted, and each way to differ is told once', () => {
    const findings = new Findings((method, path) =>
      `${method} ${path}` === 'POST /v1/things' ? 'things.make' : undefined,
    )
    findings.take(JSON.stringify({ EngineStarted: {} }))
    findings.take(
      scenario({
        interactions: { a: interaction(500), b: interaction(200), c: interaction(200) },
        checks: {
          a: [failed('not_a_server_error', '500')],
          b: [failed('response_schema_conformance', 'x'), { name: 'ignored_auth', status: 'success' }],
          c: [failed('response_schema_conformance', 'x')],
        },
      }),
    )
    expect(findings.counted()).toMatchObject({
      requests: 3,
      phases: { fuzzing: 3 },
      busy: 0,
      serverErrors: 1,
      violations: 2,
      unasked: 0,
    })
    expect(findings.all()).toMatchObject([
      {
        check: 'not_a_server_error',
        times: 1,
        operation: 'things.make',
        request: 'POST http://127.0.0.1:1/v1/things {"a":1} → 500 {"code":"internal"}',
      },
      { check: 'response_schema_conformance', times: 2 },
    ])
  })

  it('tells what asks to come again later apart from server errors', () => {
    const findings = new Findings(() => 'things.make')
    const busy = {
      ...interaction(503),
      response: { status_code: 503, headers: { 'retry-after': ['1'] }, content: base64('{"code":"overloaded"}') },
    }
    const checks = { a: [failed('not_a_server_error', '503')], b: [failed('not_a_server_error', '503')] }
    findings.take(scenario({ interactions: { a: busy, b: interaction(503) }, checks }))
    expect(findings.counted()).toMatchObject({ requests: 2, busy: 1, serverErrors: 1 })
    expect(findings.all()).toHaveLength(1)
  })

  it('counts what was not answered, and what could not be asked', () => {
    const findings = new Findings(() => 'things.make')
    const { request } = interaction(200)
    findings.take(scenario({ interactions: { a: { request } } }))
    findings.take(
      JSON.stringify({
        NonFatalError: { label: 'POST /x', value: { type: 'SerializationNotPossible', message: 'x' } },
      }),
    )
    expect(findings.counted()).toMatchObject({ requests: 1, serverErrors: 1, unasked: 1 })
    expect(findings.all()).toMatchObject([{ operation: 'POST /x', check: 'not_asked' }])
  })
})
