import { UsageError } from './usage-error.js'

/**
 * A whole number as typed; whether it is too small or too large is for the service to say. Raises UsageError, which names the
 * flag and, where that is known, who tells what there is.
 */
export const whole = (flag: string, given: string, remedy = 'write one such as 10'): number => {
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new UsageError(`${flag} ${given} is no whole number: ${remedy}`)
}

/** One of the words that there are. Raises UsageError, which names the flag and all of them. */
export const oneOf = <T extends string>(flag: string, given: string, known: readonly T[]): T => {
  const found = known.find((each) => each === given)
  if (found === undefined) throw new UsageError(`${flag} ${given} is not one of ${known.join(', ')}`)
  return found
}
