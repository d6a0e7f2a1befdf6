import { problem } from '#contract/problems.js'

const FORM = /^1\.(0|[1-9]\d{0,15})$/

/** The place before leaf `index` of the log, as it is given out. */
export const cursorAt = (index: number): string => Buffer.from(`1.${index}`).toString('base64url')

/**
 * The index of the first leaf after a cursor, in a log of `size` leaves; `begin` and `end` are its ends.
 * Raises `request.invalid` for what was not given out by us, and for a place behind the end: the log was cut back since.
 */
export const indexAfter = (after: string, size: number): number => {
  if (after === 'begin') return 0
  if (after === 'end') return size
  const [, digits] = FORM.exec(Buffer.from(after, 'base64url').toString()) ?? []
  if (digits === undefined || cursorAt(Number(digits)) !== after)
    throw invalid('must be begin, end, or the next_cursor of a feed')
  if (Number(digits) > size)
    throw invalid(
      `is a place behind the end of the log, which has ${size} leaves: it was restored from before that place`,
    )
  return Number(digits)
}

const invalid = (detail: string) => problem('request.invalid', { errors: [{ pointer: '/query/after', detail }] })
