import type { AnswerOf } from '#sdk/client/client.js'
import { inLines, percent } from './words.js'

type Approval = AnswerOf<'approvals.show'>

/** What an approval of a policy is about, as far as people are told it in words; more may be there. */
interface PolicySubject {
  readonly revision: string
  readonly replaces: string | null
  readonly reason: string
  readonly what_if: { id: string; decisions: number; flips: number; within_budget: boolean | null } | null
  readonly draft: { id: string; version: number } | null
  readonly break_glass: { expires_in_s: number } | null
  readonly canary: { foretold: Record<string, number>; changed: readonly string[] } | null
}

const BUDGET = (within: boolean | null): string =>
  within === null ? 'no budget was set' : within ? 'within its flip budget' : 'OVER its flip budget'

const canaryLines = ({ foretold, changed }: NonNullable<PolicySubject['canary']>): string[] => [
  `by degrees  1, 10, then 100 %; rules that differ: ${changed.join(', ') || 'none'}`,
  ...Object.entries(foretold).map(([rule, rate]) => `  ${rule} may flip ${percent(rate)} of decisions`),
]

const policyInWords = ({ what_if, draft, break_glass, canary, ...subject }: PolicySubject): string =>
  [
    ...(break_glass ? [`BREAK GLASS for ${break_glass.expires_in_s} s`] : []),
    `why         ${inLines(subject.reason)}`,
    `revision    ${subject.revision}`,
    `replaces    ${subject.replaces ?? 'nothing'}`,
    `changes     (gatehouse policy diff ${subject.revision}${subject.replaces === null ? '' : ` --from ${subject.replaces}`})`,
    ...(draft ? [`draft       ${draft.id}, version ${draft.version}: an edit of it voids this`] : []),
    what_if
      ? `what-if     ${what_if.flips} of ${what_if.decisions} past decisions would flip, ${BUDGET(what_if.within_budget)} (gatehouse policy what-ifs ${what_if.id})`
      : 'what-if     none was run to its end',
    ...(canary ? canaryLines(canary) : []),
  ].join('\n')

/** What is voted on, for people: a policy by what it changes and would have changed, anything else as its lines. */
export const subjectInWords = ({ action, subject }: Pick<Approval, 'action' | 'subject'>): string =>
  action === 'policy.activate' ? policyInWords(subject as unknown as PolicySubject) : inLines(subject)
