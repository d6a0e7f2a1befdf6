import type { CommandWords } from '#cli/program.js'

/** What a typed line is read against. */
export interface Reading {
  /** The commands there are. */
  readonly known: readonly CommandWords[]
  /** The family that may be left out on this screen, such as `policy` or `policy tenant`. */
  readonly family: string | undefined
  /** What `.` stands for: the selected row. */
  readonly selected: string | undefined
}

const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+))(?=\s|$)/suy

/** The words of a line: what stands in quotes is one, and a backslash takes the next sign as it is. Null where a quote is open. */
export const splitWords = (line: string): readonly string[] | null => {
  const words: string[] = []
  const text = line.trimEnd()
  WORD.lastIndex = 0
  while (WORD.lastIndex < text.length) {
    const found = WORD.exec(text)
    if (!found) return null
    words.push(found[2] ?? (found[1] ?? found[3] ?? '').replaceAll(/\\(.)/gsu, '$1'))
  }
  return words
}

const isCommand = (words: readonly string[], known: readonly CommandWords[]): boolean => {
  const typed = `${words.join(' ')} `
  return known.some((command) => typed.startsWith(`${command.words} `))
}

/** A line of hints with its commands as they are typed after `:`. Other lines, such as those of a file, stay as they are. */
export const asTyped = (text: string, known: readonly CommandWords[]): string =>
  /^\s*(?:Next|Remedy): |\(gatehouse /.test(text)
    ? text.replaceAll(/\bgatehouse (?=([a-z][a-z -]*))/g, (whole, words: string) =>
        isCommand(words.trim().split(' '), known) ? ':' : whole,
      )
    : text

/** The arguments that a line stands for, or why it is none. */
export type ReadLine = { readonly args: readonly string[] } | { readonly fault: string }

/** Reads a line: the family of the screen is added where it was left out, and `.` becomes what is selected. */
export const readLine = (line: string, { known, family, selected }: Reading): ReadLine => {
  const split = splitWords(line)
  if (split === null) return { fault: 'a quote is not closed' }
  const words = split[0] === 'gatehouse' ? split.slice(1) : split
  const whole = family !== undefined && isCommand([family, ...words], known) ? [...family.split(' '), ...words] : words
  if (!isCommand(whole, known)) return { fault: `neither a screen nor a command is called ${words.join(' ')}` }
  if (selected === undefined && whole.includes('.')) return { fault: '. is the selected row, and nothing is selected' }
  return { args: whole.map((word) => (word === '.' ? (selected ?? word) : word)) }
}

/** The commands that begin as typed or, once one is whole, that one; first those of the screen's own family. */
export const suggestions = (text: string, { known, family }: Reading): readonly CommandWords[] => {
  const typed = text.trimStart()
  const own = family === undefined ? [] : fitting(`${family} ${typed}`, known)
  return [...own, ...fitting(typed, known).filter((command) => !own.includes(command))]
}

const fitting = (typed: string, known: readonly CommandWords[]): CommandWords[] =>
  known.filter(({ words }) => words.startsWith(typed) || typed.startsWith(`${words} `))

/** The line with the rest of the first command that begins so. */
export const completed = (text: string, reading: Reading): string => {
  const [first] = suggestions(text, reading)
  if (!first || text.trim() === '') return text
  const prefix = `${reading.family} `
  const short = reading.family !== undefined && first.words.startsWith(prefix) ? first.words.slice(prefix.length) : null
  const words = short?.startsWith(text.trimStart()) ? short : first.words
  return words.startsWith(text.trimStart()) ? `${words} ` : text
}
