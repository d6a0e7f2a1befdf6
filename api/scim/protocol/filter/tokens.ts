import { refuse } from '../scim-error.js'

const MAX_LENGTH = 4_096
const MAX_DEPTH = 32

const TOKEN =
  // oxlint-disable-next-line no-control-regex -- RFC 8259, section 7: control characters stand in no string as they are
  /(\s+)|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|([()[\]])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![-\w.:$]))|([\w$][-\w$.:/%]*)/y

/** A filter whose strings and numbers were taken out, so that no parser has to know how they are spelled. */
export interface Tokens {
  /** The filter with the place of a value instead of each. */
  readonly text: string
  readonly values: readonly (string | number)[]
}

const opened = (depth: number, bracket: string): number => {
  const now = depth + ('(['.includes(bracket) ? 1 : -1)
  if (now > MAX_DEPTH) throw refuse('invalidFilter', `the filter is nested more than ${MAX_DEPTH} deep`)
  return now
}

const literalOf = (json: string): string | number => {
  const value = JSON.parse(json) as string | number
  if (typeof value === 'number' && !Number.isFinite(value))
    throw refuse('invalidFilter', `${json} is too large a number`)
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed()))
    throw refuse('invalidFilter', 'the filter has a string with NUL or lone surrogates')
  return value
}

/** What `$ref` is called while it is parsed: the parser takes no dollar. */
const withoutDollar = (word: string): string => word.replace(/(^|[.:])\$ref$/i, '$1__ref')

/** The name of an attribute as it was before `tokensOf`. */
export const withDollar = (name: string): string => name.replace(/(^|[.:])__ref$/, '$1$ref')

/** Reads the words of a filter, bounded in length and depth. Raises `ScimError` `invalidFilter`. */
export const tokensOf = (filter: string): Tokens => {
  if (filter.length > MAX_LENGTH)
    throw refuse('invalidFilter', `the filter has ${filter.length} characters; at most ${MAX_LENGTH} are read`)
  const [words, values]: [string[], (string | number)[]] = [[], []]
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
    const [, space, string, bracket, number, word = ''] = found
    if (space !== undefined) continue
    // The parser takes `not` without parentheses, RFC 7644 does not.
    if (words.at(-1)?.toLowerCase() === 'not' && bracket !== '(')
      throw refuse('invalidFilter', 'not needs parentheses, such as: not (active eq true)')
    if (bracket !== undefined) depth = opened(depth, bracket)
    const literal = string ?? number
    if (literal !== undefined) words.push(`"${values.push(literalOf(literal)) - 1}"`)
    else words.push(bracket ?? withoutDollar(word))
  }
  return { text: words.join(' '), values }
}
