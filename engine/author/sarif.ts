import type { CheckReport, Finding } from './finding.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** A report in the Static Analysis Results Interchange Format 2.1.0, as code hosts show it beside the lines. */
export function sarifOf({ ok, stages }: CheckReport): object {
  const findings = stages.flatMap((stage) => stage.findings)
  const rules = [...new Map(findings.map((finding) => [ruleId(finding), finding])).entries()]
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gatehouse policy check',
            rules: rules.map(([id, { remedy }]) => ({ id, help: { text: remedy } })),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: ok ? 0 : 1,
            toolExecutionNotifications: notifications(stages),
            properties: { stages: Object.fromEntries(stages.map(({ name, state }) => [name, state])) },
          },
        ],
        results: findings.map(resultOf),
      },
    ],
  }
}

const ruleId = ({ stage, rule }: Finding): string => (rule === null ? stage : `${stage}/${rule}`)

function resultOf(finding: Finding): object {
  const { file, line, message, remedy } = finding
  const region = line === null ? {} : { region: { startLine: line } }
  const location =
    file === null ? [] : [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) }, ...region } }]
  return {
    ruleId: ruleId(finding),
    level: 'error',
    message: { text: `${message}. Remedy: ${remedy}` },
    locations: location,
  }
}

/** Stages that did not run are said, so that nobody takes them for passed. */
const notifications = (stages: CheckReport['stages']): object[] =>
  stages
    .filter(({ state }) => state === 'not_run')
    .map(({ name, detail }) => ({ level: 'warning', message: { text: `${name}: ${detail}` } }))
