import { describe, expect, it } from '@jest/globals'
import type { CheckReport } from './finding.js'
import { junitOf } from './junit.js'
import { reportLines } from './report.js'
import { sarifOf } from './sarif.js'

const report: CheckReport = {
  ok: false,
  skipped: [],
  coverage: null,
  stages: [
    { name: 'format', state: 'passed', detail: '', findings: [], ms: 12 },
    {
      name: 'types',
      state: 'failed',
      detail: '',
      ms: 1_500,
      findings: [
        {
          stage: 'types',
          file: 'governance/call/call.rego',
          line: 7,
          rule: 'rego_type_error',
          message: 'undefined ref: <input.x> & "y"\u0001',
          remedy: 'use a fact',
        },
        { stage: 'types', file: null, line: null, rule: null, message: 'all of it', remedy: 'look' },
      ],
    },
    { name: 'tests', state: 'not_run', detail: 'not reached: types failed', findings: [], ms: 0 },
  ],
}

describe('a report', () => {
  it('is SARIF 2.1.0: every result names a rule of the tool, and places are relative with lines from 1 on', () => {
    const sarif = sarifOf(report) as {
      version: string
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[]; invocations: unknown[] }[]
    }
    const [run] = sarif.runs
    expect(sarif.version).toBe('2.1.0')
    const known = run!.tool.driver.rules.map(({ id }) => id)
    expect(known).toEqual(['types/rego_type_error', 'types'])
    expect(run!.results.every(({ ruleId }) => known.includes(ruleId))).toBe(true)
    expect(run!.results[0]).toEqual({
      ruleId: 'types/rego_type_error',
      level: 'error',
      message: { text: expect.stringContaining('Remedy: use a fact') },
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'governance/call/call.rego' }, region: { startLine: 7 } } },
      ],
    })
    expect(run!.results[1]).toMatchObject({ locations: [] })
    expect(run!.invocations).toEqual([
      {
        executionSuccessful: true,
        exitCode: 1,
        toolExecutionNotifications: [{ level: 'warning', message: { text: 'tests: not reached: types failed' } }],
        properties: { stages: { format: 'passed', types: 'failed', tests: 'not_run' } },
      },
    ])
  })

  it('is JUnit XML in which a stage that did not run is skipped and nothing breaks out of its place', () => {
    const xml = junitOf(report)
    expect(xml).toContain('<testsuite name="policy" tests="3" failures="1" errors="0" skipped="1" time="1.512">')
    expect(xml).toContain('<testcase classname="policy" name="format" time="0.012"/>')
    expect(xml).toContain('message="undefined ref: &lt;input.x&gt; &amp; &quot;y&quot;\ufffd" type="types"')
    expect(xml).toContain('governance/call/call.rego:7: rego_type_error: ')
    expect(xml).toContain('<skipped message="not reached: types failed"/>')
  })

  it('is lines for people, with place, rule and remedy', () => {
    expect(reportLines(report)).toEqual([
      'passed  format',
      'failed  types',
      '  governance/call/call.rego:7: rego_type_error: undefined ref: <input.x> & "y"\u0001',
      '    Remedy: use a fact',
      '  all of it',
      '    Remedy: look',
      'not run tests: not reached: types failed',
    ])
  })

  it('says at its end what did not run although nothing was found', () => {
    const regal = { name: 'regal', state: 'not_run', detail: 'Regal not installed', findings: [], ms: 0 } as const
    expect(reportLines({ ok: true, stages: [regal] })).toEqual([
      'not run regal: Regal not installed',
      'Nothing was found by what ran; not run: regal',
    ])
  })
})
