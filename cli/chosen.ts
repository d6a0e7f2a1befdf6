import { UsageError } from './usage-error.js'

/** From 1 to 999. */
export const FROM_ONE = /^[1-9]\d{0,2}$/

/** How a number is written, and what to do where it is not, such as who tells which there are. */
interface Written {
  readonly form?: RegExp
  readonly remedy?: string
}

/** A whole number as typed, of a form that bounds it; the service knows closer bounds. Raises UsageError, which names the flag. */
export const whole = (
  flag: string,
  given: string,
  { form = /^\d{1,9}$/, remedy = 'write one such as 10' }: Written = {},
): number => {
  if (form.test(given)) return Number(given)
  throw new UsageError(`${flag} ${given} is no whole number: ${remedy}`)
}

/** One of the words that there are. Raises UsageError, which names the flag and all of them. */
export const oneOf = <T extends string>(flag: string, given: string, known: readonly T[]): T => {
  const found = known.find((each) => each === given)
  if (found === undefined) throw new UsageError(`${flag} ${given} is not one of ${known.join(', ')}`)
  return found
}

/** Collects the values of a flag that may be repeated. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value]
