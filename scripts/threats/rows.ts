/** A test that a row names: a file, and the test's own title in it. */
export interface Proof {
  readonly file: string
  readonly test: string
}

/** One threat of the model. */
export interface ThreatRow {
  readonly id: string
  readonly line: number
  readonly proofs: readonly Proof[]
  /** Cells of the row that say nothing. */
  readonly empty: readonly string[]
  /** What stands among the proofs and is none. */
  readonly unread: string
}

const ROW = /^\|\s*([A-Z]{2}\d{1,2})\s*\|(.*)\|\s*$/
const COLUMNS = ['threat', 'what stops it', 'what is left', 'proof'] as const
/** The file as code, then the title in double quotes. */
const PROOF = /`([\w./-]+\.tsx?)` "([^"]+)"/g

/** The rows of every table whose first cell is an id, such as `GU1`. */
export const threatRows = (markdown: string): ThreatRow[] =>
  markdown.split('\n').flatMap((text, at) => {
    const [, id, rest] = ROW.exec(text) ?? []
    if (id === undefined || rest === undefined) return []
    const cells = rest.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
    const proofs = [...(cells[3] ?? '').matchAll(PROOF)].map(([, file, test]) => ({ file: file!, test: test! }))
    const empty = COLUMNS.filter((_, column) => !cells[column])
    const unread = (cells[3] ?? '').replaceAll(PROOF, '').replaceAll(/[;\s]/g, '')
    return [{ id, line: at + 1, proofs, empty, unread }]
  })
