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
  JSON.stringify({ ScenarioFinished: { recorder: { label: 'POST /v1/things', ...recorder } } })

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
    expect(findings.counted()).toEqual({ requests: 3, serverErrors: 1, violations: 2 })
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
})
