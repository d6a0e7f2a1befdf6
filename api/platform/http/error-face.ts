import type { Problem } from '#contract/problems.js'

/** An error as it is told. */
export interface ToldError {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

/** How errors are told below a path where another standard than RFC 9457 says how. */
export interface ErrorFace {
  readonly type: string
  /** An error of that standard; undefined for every other. */
  own(error: unknown): ToldError | undefined
  /** The body of a problem in its words. */
  bodyOf(raised: Problem): object
}

const faces = new Map<string, ErrorFace>()

/** Has errors below a path told by a face, whatever raises them. */
export const tellErrors = (under: string, face: ErrorFace): void => void faces.set(under, face)

/** The face of an address, where it has one. */
export const faceOf = (url: string): ErrorFace | undefined => {
  for (const [under, face] of faces) if (url.startsWith(under)) return face
  return undefined
}
