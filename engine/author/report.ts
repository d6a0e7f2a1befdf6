import type { CheckReport, Finding } from './finding.js'

/** A report for people: one line a stage, and below it what it found and what to do. */
export const reportLines = ({ ok, stages }: Pick<CheckReport, 'ok' | 'stages'>): string[] => [
  ...stages.flatMap(({ name, state, detail, findings }) => [
    `${state.replace('_', ' ').padEnd(7)} ${name}${detail ? `: ${detail}` : ''}`,
    ...findings.flatMap((finding) => [`  ${placeOf(finding)}${finding.message}`, `    Remedy: ${finding.remedy}`]),
  ]),
  ...(ok ? caveat(stages.filter(({ state }) => state === 'not_run')) : []),
]

const caveat = (skipped: CheckReport['stages']): string[] =>
  skipped.length === 0 ? [] : [`Nothing was found by what ran; not run: ${skipped.map(({ name }) => name).join(', ')}`]

const placeOf = ({ file, line, rule }: Finding): string =>
  [file && (line === null ? file : `${file}:${line}`), rule]
    .filter(Boolean)
    .map((part) => `${part}: `)
    .join('')
