import { refuse } from '../scim-error.js'

const MAX_LENGTH = 4_096
const MAX_DEPTH = 32

const TOKEN =
  // oxlint-disable-next-line no-control-regex -- RFC 8259, section 7: control characters stand in no string as they are
  /(\s+)|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|([()[\]])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![-\w.:$]))|([\w$][-\w$.:/%]*)/y

/** A filter whose strings were taken out, so that no parser has to know how they are escaped. */
export interface Tokens {
  /** The filter with the number of a string in place of each. */
  readonly text: string
  readonly strings: readonly string[]
}

const opened = (depth: number, bracket: string): number => {
  const now = depth + ('(['.includes(bracket) ? 1 : -1)
  if (now > MAX_DEPTH) throw refuse('invalidFilter', `the filter is nested more than ${MAX_DEPTH} deep`)
  return now
}

/** What `$ref` is called while it is parsed: the parser takes no dollar. */
const withoutDollar = (word: string): string => word.replace(/(^|[.:])\$ref$/i, '$1__ref')

/** The name of an attribute as it was before `tokensOf`. */
export const withDollar = (name: string): string => name.replace(/(^|[.:])__ref$/, '$1$ref')

/** Reads the words of a filter, bounded in length and depth. Raises `ScimError` `invalidFilter`. */
export const tokensOf = (filter: string): Tokens => {
  if (filter.length > MAX_LENGTH)
    throw refuse('invalidFilter', `the filter has ${filter.length} characters; at most ${MAX_LENGTH} are read`)
  const [words, strings]: [string[], string[]] = [[], []]
  let depth = 0
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < filter.length) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(filter)
    if (!found)
      throw refuse(
        'invalidFilter',
        `the filter cannot be read from character ${at + 1} on: ${filter.slice(at, at + 40)}`,
      )
    const [all, space, string, bracket, , word] = found
    if (space !== undefined) continue
    if (bracket !== undefined) depth = opened(depth, bracket)
    if (string !== undefined) words.push(`"${strings.push(JSON.parse(string) as string) - 1}"`)
    else words.push(word === undefined ? all : withoutDollar(word))
  }
  return { text: words.join(' '), strings }
}
