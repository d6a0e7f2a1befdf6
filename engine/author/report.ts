import type { CheckReport, Finding } from './finding.js'

/** A report for people: one line a stage, and below it what it found and what to do. */
export const reportLines = ({ stages }: CheckReport): string[] =>
  stages.flatMap(({ name, state, detail, findings }) => [
    `${state.replace('_', ' ').padEnd(7)} ${name}${detail ? `: ${detail}` : ''}`,
    ...findings.flatMap((finding) => [`  ${placeOf(finding)}${finding.message}`, `    Remedy: ${finding.remedy}`]),
  ])

const placeOf = ({ file, line, rule }: Finding): string =>
  [file && (line === null ? file : `${file}:${line}`), rule]
    .filter(Boolean)
    .map((part) => `${part}: `)
    .join('')
