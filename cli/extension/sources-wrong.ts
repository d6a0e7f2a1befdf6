import { relative } from 'node:path'

/** A place in an author's sources; line and column from 1. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Sources that do not build: what is wrong, and where. */
export class SourcesWrong extends Error {
  constructor(
    message: string,
    readonly place: SourcePlace | null,
  ) {
    super(message)
  }

  /** As compilers say it. */
  get words(): string {
    return this.place ? `${this.place.file}:${this.place.line}:${this.place.column} ${this.message}` : this.message
  }
}

interface RolldownError {
  readonly message: string
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number }
  readonly id?: string
}

/** What rolldown raised, placed. */
export const sourcesWrong = (error: unknown, folder: string): SourcesWrong => {
  const [first] = (error as { errors?: RolldownError[] }).errors ?? []
  const { loc, message, id } = first ?? { message: (error as Error).message }
  const file = loc?.file ?? id
  const place = loc && file ? { file: relative(folder, file), line: loc.line, column: loc.column + 1 } : null
  return new SourcesWrong(place ? firstLine(message) : message.trim(), place)
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0]!
