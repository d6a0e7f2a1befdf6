import { styleText } from 'node:util'
import type { HeldBody } from '#contract/api/problem.js'
import type { ProblemBody } from '#sdk/client/refusal.js'
import { namesPseudonyms, withPeople, type Who } from './people.js'
import { OWN_PROCESS, type Surroundings } from './surroundings.js'

/** Exit codes: 0 done, 1 refused, held or failed, 2 called wrongly. */
export const EXIT = { ok: 0, refused: 1, usage: 2 } as const

/** How words are fitted to who reads them: hints that call the same service again, and who stands behind a pseudonym. */
export interface Reading {
  readonly again: (text: string) => string
  readonly who: () => Promise<Who>
}
const AS_IT_IS: Reading = { again: (text) => text, who: async () => (pseudonym) => pseudonym }

/** What a command says: JSON for programs, words for people. Colour is never the only signal. */
export class Output {
  constructor(
    readonly json: boolean,
    private readonly to: Pick<Surroundings, 'answer' | 'note'> = OWN_PROCESS,
    private readonly reading: Reading = AS_IT_IS,
  ) {}

  /** What is still to be said, because somebody's name is looked up for it. */
  private pending: Promise<void> | undefined

  /** Once all is said. */
  async said(): Promise<void> {
    await this.pending
  }

  private say(to: 'answer' | 'note', text: string, named = false): void {
    const words = this.json ? text : this.reading.again(text)
    const look = named && !this.json && namesPseudonyms(words)
    this.inOrder(to, look ? async () => withPeople(words, await this.reading.who()) : words)
  }

  private inOrder(to: 'answer' | 'note', words: string | (() => Promise<string>)): void {
    if (typeof words === 'string' && this.pending === undefined) return this.to[to](words)
    const before = this.pending ?? Promise.resolve()
    this.pending = before.then(async () => this.to[to](typeof words === 'string' ? words : await words()))
  }

  /** The result of a command; `words` draws it for people. */
  result<T>(value: T, words: (value: T) => string): void {
    this.say('answer', this.json ? `${JSON.stringify(value)}\n` : `${words(value)}\n`, true)
  }

  /** A document that another program reads, such as CSV, with none of it put into our words; with --json, the answer. */
  document<T>(answer: T, text: string): void {
    if (this.json) this.result(answer, () => text)
    else this.inOrder('answer', text)
  }

  /** Something that a person must settle first. */
  held(reply: HeldBody): void {
    process.exitCode = EXIT.refused
    this.result({ held: true, ...reply }, () =>
      [
        `${bold('Held')}: ${reply.approval.title}`,
        ...reply.reasons.map(({ id, message, remedy }) => `  ${id}: ${message}\n    ${remedy}`),
        `  approval ${reply.approval.id}, open until ${reply.approval.expires_at}`,
        `  decision ${reply.decision_id}`,
        `Next: gatehouse approvals show ${reply.approval.id}`,
      ].join('\n'),
    )
  }

  /** Why not, with each reason's id, message and remedy, and the decision that says so. */
  refused(problem: ProblemBody): void {
    process.exitCode = EXIT.refused
    if (this.json) return this.say('answer', `${JSON.stringify({ refused: true, ...problem })}\n`)
    this.say('note', `${refusalLines(problem).join('\n')}\n`)
  }

  /** Called wrongly. */
  usage(message: string): void {
    process.exitCode = EXIT.usage
    if (this.json) return this.say('answer', `${JSON.stringify({ usage: true, detail: message })}\n`)
    this.say('note', `${bold('Usage')}: ${message}\n`)
  }

  /** Progress and hints, which never mix with a result. */
  note(line: string): void {
    this.say('note', `${line}\n`)
  }
}

const bold = (text: string): string => styleText('bold', text, { stream: process.stderr })

/** The detail of a refusal is often the title, or the message of its first reason, over again. */
const saidElsewhere = ({ detail, title, reasons = [] }: ProblemBody): boolean =>
  detail === title || reasons.some(({ message }) => message === detail)

const refusalLines = (problem: ProblemBody): string[] => [
  `${bold('Refused')}: ${problem.title} (${problem.code})`,
  ...(problem.detail && !saidElsewhere(problem) ? [`  ${problem.detail}`] : []),
  ...(problem.reasons ?? []).map(({ id, message, remedy }) => `  ${id}: ${message}\n    Remedy: ${remedy}`),
  ...(problem.errors ?? []).map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`),
  ...(problem.remedy && !problem.reasons?.length ? [`  Remedy: ${problem.remedy}`] : []),
  ...(problem.decision_id ? [`  Decision ${problem.decision_id} (gatehouse why ${problem.decision_id})`] : []),
  ...(problem.correlation_id ? [`  Correlation ${problem.correlation_id}`] : []),
]

/** Rows as aligned columns, with a heading; says so where there are none. */
export const table = (headings: readonly string[], rows: readonly (readonly unknown[])[]): string => {
  if (rows.length === 0) return '(none)'
  const cells = [headings, ...rows].map((row) => row.map((cell) => String(cell ?? '-')))
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
