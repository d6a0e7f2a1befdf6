/**
 * Whether a name fits a pattern in which `*` stands for any run of characters; anything else stands for itself. Takes time
 * in the product of the two lengths at most, whatever the pattern is.
 */
export const fits = (pattern: string, name: string): boolean => {
  let [at, here] = [0, 0]
  let [star, retry] = [-1, 0]
  while (here < name.length) {
    if (pattern[at] === '*') [star, retry] = [at++, here]
    else if (at < pattern.length && pattern[at] === name[here]) [at, here] = [at + 1, here + 1]
    else if (star >= 0) [at, here] = [star + 1, ++retry]
    else return false
  }
  return [...pattern.slice(at)].every((character) => character === '*')
}
