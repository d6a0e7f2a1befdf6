import type { CheckReport, Finding, StageReport } from './finding.js'

/** A report as JUnit XML, one test case a stage, as CI systems list them. */
export function junitOf({ stages }: CheckReport): string {
  const count = (state: StageReport['state']): number => stages.filter((stage) => stage.state === state).length
  const totals = `tests="${stages.length}" failures="${count('failed')}" errors="0" skipped="${count('not_run')}"`
  const time = seconds(stages.reduce((sum, { ms }) => sum + ms, 0))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gatehouse policy check" ${totals} time="${time}">`,
    `  <testsuite name="policy" ${totals} time="${time}">`,
    ...stages.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ name, state, detail, findings, ms }: StageReport): string {
  const open = `    <testcase classname="policy" name="${escapeXml(name)}" time="${seconds(ms)}"`
  if (state === 'passed') return `${open}/>`
  const inner =
    state === 'not_run'
      ? `<skipped message="${escapeXml(detail)}"/>`
      : `<failure message="${escapeXml(findings[0]?.message ?? detail)}" type="${escapeXml(name)}">${escapeXml(findings.map(line).join('\n'))}</failure>`
  return `${open}>${inner}</testcase>`
}

const line = ({ file, line: row, rule, message, remedy }: Finding): string =>
  `${file ?? '(policy)'}${row === null ? '' : `:${row}`}: ${rule ?? ''}: ${message}. Remedy: ${remedy}`

const seconds = (ms: number): string => (ms / 1_000).toFixed(3)

/** Characters that XML 1.0 has no way to say, control characters and lone surrogates, become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- these are the ones meant
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
