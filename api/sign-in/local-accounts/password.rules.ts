import { problem } from '#contract/problems.js'
import { COMMON_STEMS, RUNS } from './common-passwords.js'

const SHORTEST = 12
const LONGEST = 256
const FEWEST_SIGNS = 5
/** What must be left of a password beside names that anybody knows. */
const FEWEST_BESIDE_NAMES = 6
const SHORTEST_NAME = 3

/** A password as it is checked and kept, however it was typed (NIST SP 800-63B, section 3.1.1.2). */
export const normalised = (password: string): string => password.normalize('NFKC')

const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' },
  ...{ '@': 'a', $: 's', '!': 'i' },
}
const lettersOf = (text: string): string =>
  [...text.toLowerCase()]
    .map((sign) => LOOKALIKES[sign] ?? sign)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '')
const trimmed = (text: string): string => text.toLowerCase().replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** The part that a text repeats: all of it where it repeats nothing. */
const repeated = (text: string): string => /^(.+?)\1+$/u.exec(text)?.[1] ?? text

const isCommon = (password: string): boolean =>
  [trimmed(password), lettersOf(password), lettersOf(trimmed(password))].some((each) =>
    COMMON_STEMS.has(repeated(each)),
  )

const isRun = (password: string): boolean => {
  const text = repeated(password.toLowerCase())
  const backwards = [...text].reverse().join('')
  return RUNS.some((run) => {
    const around = run.repeat(3)
    return around.includes(text) || around.includes(backwards)
  })
}

const besideNames = (password: string, names: readonly string[]): number => {
  let left = password.toLowerCase()
  for (const name of names.map((each) => each.toLowerCase()).filter((each) => each.length >= SHORTEST_NAME))
    left = left.replaceAll(name, '')
  return left.replaceAll(/[^\p{L}\p{N}]/gu, '').length
}

/** What is wrong with a password; null where nothing is. Signs of any kind do: there are no rules of composition. */
export const weaknessOf = (password: string, names: readonly string[]): string | null => {
  const length = [...password].length
  if (length < SHORTEST) return `must have ${SHORTEST} characters or more; several words are easy to keep`
  if (length > LONGEST) return `must have ${LONGEST} characters or fewer`
  if (isCommon(password)) return 'is one of the commonest there are, or little more; choose several words of your own'
  if (new Set(password.toLowerCase()).size < FEWEST_SIGNS || isRun(password))
    return 'repeats itself or runs along the keyboard; choose several words of your own'
  if (besideNames(password, names) < FEWEST_BESIDE_NAMES)
    return 'is little more than names that anybody knows; choose several words of your own'
  return null
}

/** The password as it is kept. Raises `request.invalid` for one that is too short, or that anybody would try. */
export const soundPassword = (given: string, names: readonly string[]): string => {
  const password = normalised(given)
  const detail = weaknessOf(password, names)
  if (detail === null) return password
  throw problem('request.invalid', { errors: [{ pointer: '/password', detail }] })
}
