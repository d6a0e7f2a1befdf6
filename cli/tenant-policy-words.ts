import type { AnswerOf } from '#sdk/client/client.js'
import { table } from './output.js'

type Status = AnswerOf<'restrictions.show'>
type Draft = AnswerOf<'restrictions.draft'>
type Activation = AnswerOf<'restrictions.rollback'>

const standing = ({ checked, checks }: Pick<Draft, 'checked' | 'checks'>): string =>
  checked ? (checks?.ok ? 'passed its checks' : 'failed its checks') : 'not checked'

/** A draft for people, and what to do with it next. */
export const draftInWords = (draft: Draft): string =>
  [
    `draft    version ${draft.version}, ${standing(draft)}`,
    `changed  ${draft.updated_at} by ${draft.updated_by}`,
    draft.checked && draft.checks?.ok
      ? 'Next: gatehouse policy tenant activate --reason WHY'
      : 'Next: gatehouse policy tenant verify',
  ].join('\n')

/** What a draft would have done to past decisions. */
export const whatIfInWords = ({ what_if }: Draft): string[] => {
  if (!what_if) return []
  const { decisions, denied, held, effects } = what_if
  return [
    `Of ${decisions} past decisions it would have denied ${denied} and held ${held}.`,
    ...(effects.length === 0
      ? []
      : [
          table(
            ['reason', 'effect', 'decisions', 'such as'],
            effects.map((each) => [each.reason, each.effect, each.decisions, each.example]),
          ),
        ]),
  ]
}

/** What is in force, and how the draft stands. */
export const statusInWords = ({ in_force, follows, draft }: Status): string =>
  [
    in_force
      ? `in force  ${in_force.module} (change ${in_force.seq})`
      : "in force  nothing: the platform's policy alone",
    ...(in_force ? [`since     ${in_force.at}, ${in_force.kind} by ${in_force.by}: ${in_force.reason}`] : []),
    `here      ${follows ? 'in step' : 'not yet in step'}`,
    draft
      ? `draft     version ${draft.version}, ${draft.passed ? 'passed its checks' : draft.checked ? 'failed its checks' : 'not checked'}`
      : 'draft     none\nNext: gatehouse policy tenant push DIR (takes tenant_policy:write)',
  ].join('\n')

/** What a change came to. */
export const changedInWords = ({ module, seq }: Activation): string =>
  `${module === null ? "The platform's policy alone decides" : `In force: ${module}`} (change ${seq})\nNext: gatehouse policy tenant show`

/** Rules, then their tests. */
export const regoInWords = ({ source, tests }: Pick<Draft, 'source' | 'tests'>): string =>
  ['', 'tenant.rego', source, ...(tests ? ['tenant_test.rego', tests] : [])].join('\n')

/** One change, and the Rego that came in force by it. */
export const changeInWords = (change: AnswerOf<'restrictions.activation'>): string =>
  [
    `change   ${change.seq}, ${change.kind} at ${change.at} by ${change.by}: ${change.reason}`,
    change.module === null ? "module   nothing: the platform's policy alone" : `module   ${change.module}`,
    ...(change.source === null ? [] : [regoInWords({ source: change.source, tests: change.tests ?? '' })]),
  ].join('\n')
