import type { GlobalOptions } from './session.js'

/** What has to be quoted in a POSIX shell. */
const PLAIN = /^[\w@%+=:,./-]+$/

const word = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)

/** A line that says what to type next, or names the command that tells more. */
const HINT = /^(?:\s*Next:|\s+or:|\d+ × |hint\s)|\(gatehouse |^\s+gatehouse /

/**
 * A writer of hints that speak to the same service as the same person: where the command was given `--as`, `--url` or
 * `--data`, each command that a hint names carries them too. Never a key, which would stay in the shell's history.
 */
export const sameAgain = ({ as, url, data }: GlobalOptions): ((text: string) => string) => {
  const given = Object.entries({ as, url, data }).flatMap(([name, value]) =>
    value ? [`--${name} ${word(value)}`] : [],
  )
  if (given.length === 0) return (text) => text
  const called = `gatehouse ${given.join(' ')} `
  const inLine = (line: string) => (HINT.test(line) ? line.replaceAll(/\bgatehouse (?=[a-z])/g, () => called) : line)
  return (text) => text.split('\n').map(inLine).join('\n')
}
