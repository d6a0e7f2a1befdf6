import type { z } from 'zod'
import type { FieldError } from './problems.js'

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** RFC 6901 pointer of a path of names and indexes; the empty path is the whole document. */
export const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${escaped(part)}`).join('')

/**
 * What zod found wrong, one entry a field. An unknown field is pointed at itself, not at the object that holds it.
 * `prefix` is the pointer of the part that was parsed, such as `/query`; empty for a body.
 */
export const fieldErrors = (error: z.ZodError, prefix = ''): FieldError[] =>
  error.issues.flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: prefix + pointerOf([...issue.path, key]),
          detail: 'is not a known field; remove it or correct its spelling',
        }))
      : [{ pointer: prefix + pointerOf(issue.path), detail: issue.message }],
  )
