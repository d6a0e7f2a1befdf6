import type { LOG_LEVELS } from '#contract/api/invocations.js'

export type LogLevel = (typeof LOG_LEVELS)[number]

/** A line that a guest wrote, as it is kept. `at` is in milliseconds since the epoch. */
export interface LoggedLine {
  readonly level: LogLevel
  readonly message: string
  readonly at: number
}

/** What one invocation may log. */
const MAX_LINES = 200
const MAX_BYTES = 64 * 1024
// Shorter values would strike ordinary words from the log.
const MIN_SECRET_LENGTH = 4

// Control characters could rewrite the terminal of whoever follows the log, and PostgreSQL takes no NUL.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g // oxlint-disable-line no-control-regex

/** The line without the secrets that the guest was given, and without control characters other than tab and line feed. */
export const cleanMessage = (message: string, disclosed: ReadonlyMap<string, string>): string => {
  let clean = message
  for (const [name, value] of disclosed)
    if (value.length >= MIN_SECRET_LENGTH) clean = clean.replaceAll(value, `[secret ${name}]`)
  return clean.toWellFormed().replaceAll(CONTROL, '\ufffd')
}

/** The lines of one invocation, bounded in number and bytes; what does not fit is counted and told in a last line. */
export class LogSheet {
  private readonly lines: LoggedLine[] = []
  private bytes = 0
  private dropped = 0

  add(line: LoggedLine): void {
    const size = Buffer.byteLength(line.message)
    if (this.lines.length >= MAX_LINES || this.bytes + size > MAX_BYTES) {
      this.dropped++
      return
    }
    this.bytes += size
    this.lines.push(line)
  }

  /** All lines; the last one says how many more there were. */
  close(at: number): readonly LoggedLine[] {
    if (this.dropped === 0) return this.lines
    return [...this.lines, { level: 'warn', message: `${this.dropped} more lines were not kept`, at }]
  }
}
