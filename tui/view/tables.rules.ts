import { shortNames } from '../dangers.js'
import { cut } from './layout.rules.js'

const GAP = 2
/** As wide as a shortened digest; a moment is less. What is no wider is cut last. */
const NAMED = 19
const LEAST = 8
/** A heading as commands write it: at least three columns of plain words. */
const HEADING = /^[a-z][a-z .%-]*(?: {2,}[a-z][a-z .%-]*){2,}$/

const startsOf = (heading: string): number[] => [...heading.matchAll(/\S+(?: \S+)*/g)].map(({ index }) => index)

const isRow = (text: string, starts: readonly number[]): boolean =>
  text.trim() !== '' && starts.every((start) => start === 0 || text.slice(start - GAP, start).trim() === '')

/** A cell as short as it still says the same to people: digests as titles have them, moments by the minute. */
const shortened = (cell: string): string =>
  shortNames(cell).replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.:]+Z/g, '$1 $2')

const roomOf = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each + GAP, -GAP)

/** Widths that fit, of the widest columns less; the first column, by which rows are named, stays whole. */
const fitted = (natural: readonly number[], width: number): number[] => {
  const widths = [...natural]
  for (const from of [NAMED, 0]) {
    const cuttable = natural.map((each, column) => column > 0 && each > from)
    while (roomOf(widths) > width) {
      const widest = Math.max(...widths.filter((_, column) => cuttable[column]))
      if (widest <= LEAST) break
      widths[widths.findIndex((each, column) => cuttable[column] && each === widest)] = widest - 1
    }
  }
  while (widths.length > 1 && roomOf(widths) > width) widths.pop()
  return widths
}

const fitTable = (lines: readonly string[], starts: readonly number[], width: number): string[] => {
  const cells = lines.map((text) => starts.map((start, at) => shortened(text.slice(start, starts[at + 1]).trim())))
  const widths = fitted(
    starts.map((_, column) => Math.max(...cells.map((row) => row[column]!.length))),
    width,
  )
  const left = cells[0]!.slice(widths.length)
  const drawn = cells.map((row) =>
    widths
      .map((each, column) => cut(row[column]!, each).padEnd(each))
      .join(' '.repeat(GAP))
      .trimEnd(),
  )
  return left.length === 0 ? drawn : [...drawn, `(no room here for: ${left.join(', ')})`]
}

/** What a command says, with its tables cut to a width: columns get narrower, then the last ones are left out. */
export const fitTables = (lines: readonly string[], width: number): string[] => {
  const fit: string[] = []
  for (let at = 0; at < lines.length;) {
    const heading = lines[at]!
    const starts = HEADING.test(heading.trimEnd()) ? startsOf(heading) : []
    let end = at + 1
    while (starts.length > 0 && end < lines.length && isRow(lines[end]!, starts)) end += 1
    const block = lines.slice(at, end)
    fit.push(...(block.some((text) => text.length > width) && end > at + 1 ? fitTable(block, starts, width) : block))
    at = end
  }
  return fit
}
