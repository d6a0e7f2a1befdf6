import { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/** What `fieldErrors` says of a field that is not there. */
export const REQUIRED = 'is required'

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return KINDS[typeof value] ?? `of the kind ${typeof value}`
}

const wrongKind = ({ input, expected }: Issue & { expected: string }): string => {
  if (input === undefined) return REQUIRED
  const wanted = KINDS[expected] ?? `of the kind ${expected}`
  const got = kindOf(input)
  // A whole number, where another was sent.
  const near = typeof input === 'number' && wanted.endsWith('number')
  return wanted === got || near ? `must be ${wanted}` : `must be ${wanted}, not ${got}`
}

const counted = (count: number | bigint, unit: string): string =>
  `${count} ${unit}${count === 1 || count === 1n ? '' : 's'}`

const UNITS: Record<string, string> = { string: 'character', array: 'item', set: 'item', map: 'entry' }

/** Text is bounded in UTF-16 units, which people call characters; a number by its value. */
const bounded = (origin: string, bound: number | bigint, words: { most: string; inclusive: boolean }): string => {
  const unit = UNITS[origin]
  if (unit !== undefined) return `must have ${words.most} ${counted(bound, unit)}`
  return words.inclusive
    ? `must be ${words.most} ${bound}`
    : `must be ${words.most === 'at most' ? 'below' : 'above'} ${bound}`
}

const FORMATS: Record<string, string> = {
  datetime: 'a time in UTC such as 2026-01-31T09:30:00Z',
  date: 'a day such as 2026-01-31',
  email: 'an e-mail address',
  url: 'a URL such as https://example.com',
  uuid: 'a UUID such as 0198c0de-0000-7000-8000-000000000001',
  base64: 'base64 (RFC 4648)',
  json_string: 'JSON',
}

const formatted = (issue: Issue & { format: string }): string => {
  const { prefix, suffix, includes, pattern } = issue as {
    prefix?: string
    suffix?: string
    includes?: string
    pattern?: string
  }
  if (issue.format === 'starts_with') return `must begin with ${prefix}`
  if (issue.format === 'ends_with') return `must end with ${suffix}`
  if (issue.format === 'includes') return `must contain ${includes}`
  if (issue.format === 'regex') return `must match the pattern ${pattern}`
  return `must be ${FORMATS[issue.format] ?? `a valid ${issue.format}`}`
}

/** How many values are named; of a longer list the reference tells the rest. */
const MOST_NAMED = 40

const oneOf = (values: readonly unknown[]): string => {
  if (values.length === 1) return `must be ${String(values[0])}`
  const named = values.slice(0, MOST_NAMED).map(String).join(', ')
  return `must be one of ${named}${values.length > MOST_NAMED ? ` and ${values.length - MOST_NAMED} more` : ''}`
}

/**
 * What is wrong with a value and what it must be, in our words: zod's own ("Too small: expected string to have >=1
 * characters") speak to programmers. A schema that brings its own words keeps them.
 */
const errorWords = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(issue)
    case 'too_small':
      return bounded(issue.origin, issue.minimum, { most: 'at least', inclusive: issue.inclusive !== false })
    case 'too_big':
      return bounded(issue.origin, issue.maximum, { most: 'at most', inclusive: issue.inclusive !== false })
    case 'invalid_format':
      return formatted(issue)
    case 'invalid_value':
      return issue.input === undefined ? REQUIRED : oneOf(issue.values)
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_union': {
      if (issue.input === undefined) return REQUIRED
      const { options } = issue as { options?: readonly unknown[] }
      return options && options.length > 0 ? oneOf(options) : 'has none of the forms that it may have'
    }
    case 'custom':
      return 'is not accepted'
    default:
      return undefined
  }
}

/** From here on every schema of the process speaks in these words. */
z.config({ customError: errorWords })
