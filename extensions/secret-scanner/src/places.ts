import { RULES, type Rule } from './rules.js'

/** Near which offset in a block a credential may stand, and of which rule. */
export interface Place {
  readonly offset: number
  readonly rule: Rule
}

/** A hint of a rule as bytes, and where in it the byte stands that is looked for. */
interface Hint {
  readonly rule: Rule
  readonly bytes: readonly number[]
  readonly at: number
}

/** Characters of hints that are rare in what people write, the rarest first. */
const RARE = 'JVI_x-"\':='

const hintOf = (rule: Rule, text: string): Hint => {
  const rarest = [...RARE].find((character) => text.includes(character))
  return {
    rule,
    bytes: Array.from(text, (character) => character.charCodeAt(0)),
    at: rarest === undefined ? 0 : text.indexOf(rarest),
  }
}

/** Hints that may stand where a byte comes before the one that is looked for. */
const byBefore = (hints: readonly Hint[]): readonly (readonly Hint[] | undefined)[] =>
  Array.from({ length: 256 }, (_, before) => {
    const fitting = hints.filter(({ bytes, at }) => at === 0 || bytes[at - 1] === before)
    return fitting.length > 0 ? fitting : undefined
  })

/** All hints, by the byte that is looked for, and by the one before it. */
const HINTS = [
  ...Map.groupBy(
    RULES.flatMap((rule) => rule.hints.map((hint) => hintOf(rule, hint))),
    ({ bytes, at }) => bytes[at]!,
  ),
].map(([byte, hints]) => [byte, byBefore(hints)] as const)

const stands = (block: Uint8Array, from: number, hint: readonly number[]): boolean => {
  for (let index = 0; index < hint.length; index++) if (block[from + index] !== hint[index]) return false
  return true
}

/**
 * Where credentials may stand in a block, in order. Looks for single bytes, which the engine does natively: a pattern over
 * everything takes many times as much fuel.
 */
export const placesIn = (block: Uint8Array): Place[] => {
  const places: Place[] = []
  for (const [byte, before] of HINTS)
    for (let offset = block.indexOf(byte); offset >= 0; offset = block.indexOf(byte, offset + 1))
      for (const { bytes, at, rule } of before[block[offset - 1] ?? 0] ?? [])
        if (stands(block, offset - at, bytes)) places.push({ offset, rule })
  return places.sort((a, b) => a.offset - b.offset)
}
