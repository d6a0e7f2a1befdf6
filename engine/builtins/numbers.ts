import { bigInt, refuse, type Family } from './call.js'
import { whole, type Value } from './value.js'

/** Steps for one number of a range. */
const ELEMENT_COST = 10

/** From `from` to `to`, both included where the step meets them, downwards where `to` is the smaller. */
function range(from: bigint, to: bigint, step: bigint): Value[] {
  const numbers: Value[] = []
  if (from <= to) for (let at = from; at <= to; at += step) numbers.push(whole(at))
  else for (let at = from; at >= to; at -= step) numbers.push(whole(at))
  return numbers
}

/** `numbers.range_step`; the range of step one is in the module itself. */
export const NUMBERS: Family = {
  'numbers.range_step': ([from, to, step], call) => {
    const [first, last, stride] = [bigInt(from), bigInt(to), bigInt(step)]
    if (stride <= 0n) refuse('the step must be positive')
    const distance = first < last ? last - first : first - last
    call.pay(ELEMENT_COST * Number(distance / stride + 1n))
    return range(first, last, stride)
  },
}
