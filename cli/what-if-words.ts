import type { WhatIfRun } from '#contract/api/what-if-runs.js'
import type { Said, WhatIfReport } from '#contract/api/what-if.js'
import { table } from './output.js'
import { percent } from './words.js'

/** Groups of each kind that are shown to people. */
const SHOWN = 10

const counts = (found: Partial<Record<string, number>>): string =>
  Object.entries(found)
    .map(([why, count]) => `${count} ${why}`)
    .join(', ')

type Group = WhatIfReport['flips_by_extension'][number] & { readonly appeared?: number; readonly vanished?: number }

const groups = (title: string, found: readonly Group[]): string[] => {
  if (found.length === 0) return []
  const rows = found
    .slice(0, SHOWN)
    .map(({ key, flips, rate, outcome, reasons, duties, appeared = '', vanished = '' }) => [
      ...[key, flips, percent(rate), outcome, reasons, duties, appeared, vanished],
    ])
  const more = found.length > SHOWN ? [`  and ${found.length - SHOWN} more (--json shows all)`] : []
  return ['', table([title, 'flips', 'share', 'outcome', 'reasons', 'duties', 'fires now', 'no longer'], rows), ...more]
}

/** One flip of each rule, with what was said and what would be. */
const samples = ({ flips_by_rule }: WhatIfReport): string[] => {
  const said = ({ outcome, reasons, duties = [] }: Said): string => {
    const more = [...reasons, ...duties].join(', ')
    return more === '' ? outcome : `${outcome} (${more})`
  }
  const lines = flips_by_rule
    .slice(0, SHOWN)
    .flatMap(({ key, samples: [first] }) =>
      first ? [`  ${key}: ${said(first.before)} → ${said(first.after)}`, `    gatehouse why ${first.decision_id}`] : [],
    )
  return lines.length > 0 ? ['', 'For example', ...lines] : []
}

const reportLines = (report: WhatIfReport): string[] => [
  `${report.flips} of ${report.replayed} decisions would flip (${percent(report.flip_rate)}): ${report.outcome_flips} in outcome, ${report.reason_flips} in reasons alone, ${report.duty_flips} in what goes with the same answer`,
  ...(report.differs_otherwise > 0
    ? [`${report.differs_otherwise} say the same by other rules or with other parameters`]
    : []),
  ...(report.replayed < report.decisions
    ? [
        `${report.decisions - report.replayed} of ${report.decisions} could not be replayed: ${counts(report.not_replayable)}`,
      ]
    : []),
  ...(Object.keys(report.no_answer).length > 0 ? [`no answer: ${counts(report.no_answer)}`] : []),
  ...groups('rule', report.flips_by_rule),
  ...groups('reason', report.flips_by_reason),
  ...groups('extension', report.flips_by_extension),
  ...groups('publisher', report.flips_by_publisher),
  ...groups('organisation', report.flips_by_tenant),
  ...samples(report),
]

const verdictLines = ({ verdict }: WhatIfRun): string[] => {
  if (verdict === null) return []
  if (verdict.within) return ['', 'Within the flip budget']
  return [
    '',
    'Over the flip budget',
    ...verdict.exceeded.map(
      ({ bound, rule, allowed, found }) =>
        `  ${bound}${rule === null ? '' : ` of ${rule}`}: ${found}, at most ${allowed}`,
    ),
  ]
}

const candidateInWords = ({ draft_id, revision }: WhatIfRun): string => {
  const candidate = draft_id === null ? 'a sealed revision' : `draft ${draft_id}`
  return revision === null ? candidate : `${candidate}, by the bundle revision ${revision} that decisions record`
}

/** A run for people: what would have flipped, in groups, with an example of each rule, and the verdict of its budget. */
export const whatIfInWords = (found: WhatIfRun): string =>
  [
    `what-if ${found.id} of ${candidateInWords(found)}: ${found.state}`,
    ...(found.fault === null ? [] : [found.fault]),
    ...(found.report === null ? [] : reportLines(found.report)),
    ...verdictLines(found),
  ].join('\n')
