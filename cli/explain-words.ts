import type { DecisionTraced, PolicyTried, ReadFact, TracedRule } from '#contract/api/explain.js'

/** Values longer than this are cut where people read them; `--json` has them whole. */
const MAX_VALUE = 200

const valueInWords = ({ found, value }: ReadFact): string => {
  if (!found) return 'is not there'
  const text = JSON.stringify(value)
  return text.length <= MAX_VALUE ? `= ${text}` : `= ${text.slice(0, MAX_VALUE)}…`
}

const ruleInWords = ({ file, line, name, entered, held, stopped_line }: TracedRule): string =>
  [
    `  ${held ? 'held   ' : 'not    '} ${file}:${line}  ${name}`,
    ...(stopped_line === null ? [] : [`stopped at line ${stopped_line}`]),
    ...(entered > 1 ? [`entered ${entered} times`] : []),
  ].join(', ')

const sourcesInWords = ({ revision, compiles_to }: DecisionTraced): string => {
  if (compiles_to === revision) return 'its sources compile to it here'
  return compiles_to === null ? 'ITS SOURCES DO NOT COMPILE HERE' : `ITS SOURCES COMPILE TO ${compiles_to} HERE`
}

const comparison = ({ agrees, input_intact, expected_digest, actual_digest, fault }: DecisionTraced): string[] => {
  if (agrees) return [`AGREES with the record: ${expected_digest}`]
  return [
    'DISAGREES WITH THE RECORD',
    ...(input_intact ? [] : ['  the recorded input no longer has its digest']),
    `  recorded  ${expected_digest}`,
    `  opa gave  ${actual_digest ?? `no answer: ${fault}`}`,
  ]
}

/** A trace for people. */
export const traceInWords = (traced: DecisionTraced): string =>
  [
    ...comparison(traced),
    `decision  ${traced.decision_id}: ${traced.action} at the ${traced.gate} gate`,
    `bundle    ${traced.revision} (bundle revision; ${sourcesInWords(traced)})`,
    `rules entered: ${traced.rules.length}`,
    ...traced.rules.map(ruleInWords),
    `facts read: ${traced.facts.length}`,
    ...traced.facts.map((fact) => `  ${fact.document} ${fact.path || '(all of it)'} ${valueInWords(fact)}`),
    ...(traced.facts_replaced
      ? ['Rules replaced input or data by "with": what they read then is not told apart.']
      : []),
    ...(traced.cut ? ['There were more; this is where the list ends.'] : []),
    ...(traced.tenant ? [`the organisation's own policy ${traced.tenant.module} added:`] : []),
    ...(traced.tenant?.restrictions ?? []).map(({ effect, reason, message }) => `  ${effect}  ${reason}: ${message}`),
  ].join('\n')

const signed = ({ appeared, vanished }: { appeared: readonly string[]; vanished: readonly string[] }): string =>
  [...vanished.map((id) => `-${id}`), ...appeared.map((id) => `+${id}`)].join(' ')

const changesInWords = ({ outcome, changed, recorded }: PolicyTried): string[] => {
  if (!changed || !recorded) return []
  const [reasons, rules] = [signed(changed.reasons), signed(changed.rules)]
  return [
    `recorded  ${recorded.outcome} under ${recorded.revision === null ? 'no policy' : `bundle revision ${recorded.revision}`}`,
    `changed   ${changed.outcome ? `${recorded.outcome} -> ${outcome}` : `the outcome stays ${outcome}`}`,
    ...(reasons ? [`  reasons ${reasons}`] : []),
    ...(rules ? [`  rules   ${rules}`] : []),
  ]
}

/** What a try came to, for people. */
export const tryInWords = (tried: PolicyTried): string =>
  [
    `${tried.outcome.toUpperCase()}  ${tried.action} at the ${tried.gate} gate`,
    `asked     ${tried.draft_id ? `draft ${tried.draft_id}, ` : ''}bundle revision ${tried.revision}`,
    ...tried.reasons.flatMap(({ id, message, remedy }) => [`reason    ${id}: ${message}`, `  remedy  ${remedy}`]),
    ...tried.rules.map(
      ({ id, title, location }) =>
        `rule      ${id}${title ? `: ${title}` : ''}${location ? ` (${location.file}:${location.line})` : ''}`,
    ),
    ...tried.obligations.map(({ id }) => `obliges   ${id}`),
    ...(tried.approval ? [`waits     for ${tried.approval}`] : []),
    ...(tried.after
      ? [
          `then      ${tried.after.outcome}, once every remedy that changes facts were taken ${tried.after.reasons.join(' ')}`.trimEnd(),
        ]
      : []),
    ...changesInWords(tried),
  ].join('\n')
