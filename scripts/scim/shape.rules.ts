/** Stands for what must not be there. */
export const ABSENT = Symbol('absent')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Where what was seen is not as expected: of an object what is named, of a list all of it, of text that it fits a pattern, and
 * of `ABSENT` that nothing is there. Each difference with its place; none where it fits.
 */
export const differences = (expected: unknown, seen: unknown, at = 'body'): string[] => {
  if (expected === ABSENT) return seen === undefined ? [] : [`${at} is there: ${JSON.stringify(seen)}`]
  if (expected instanceof RegExp)
    return typeof seen === 'string' && expected.test(seen) ? [] : [`${at} is ${JSON.stringify(seen)}, not ${expected}`]
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen) || seen.length !== expected.length)
      return [`${at} is ${JSON.stringify(seen)}, not a list of ${expected.length}`]
    return expected.flatMap((each, index) => differences(each, seen[index], `${at}[${index}]`))
  }
  if (isObject(expected))
    return isObject(seen)
      ? Object.entries(expected).flatMap(([name, each]) => differences(each, seen[name], `${at}.${name}`))
      : [`${at} is ${JSON.stringify(seen)}, not an object`]
  return Object.is(expected, seen) ? [] : [`${at} is ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`]
}
