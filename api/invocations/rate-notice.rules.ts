import { z } from 'zod'

/** PostgreSQL takes notices of fewer than 8,000 bytes. */
const MAX_BYTES = 7_900

const Count = z.tuple([z.string(), z.int().nonnegative()])

/** What one instance has counted within a minute, or that it wants to be told what the others have. */
const RateNotice = z.strictObject({
  teller: z.string(),
  /** Minutes since the epoch. */
  minute: z.int(),
  counts: z.array(Count),
  asks: z.literal(true).optional(),
})
export type RateNotice = z.infer<typeof RateNotice>

/** A notice as it was sent; null where it is none. */
export const readNotice = (text: string): RateNotice | null => {
  try {
    return RateNotice.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** As few notices as hold these counts. */
export const noticesOf = ({ counts, ...about }: RateNotice): string[] => {
  const room = MAX_BYTES - Buffer.byteLength(JSON.stringify({ ...about, counts: [] }))
  const groups: RateNotice['counts'][] = [[]]
  let left = room
  for (const count of counts) {
    const bytes = Buffer.byteLength(JSON.stringify(count)) + 1
    if (bytes > left) {
      groups.push([])
      left = room
    }
    groups.at(-1)!.push(count)
    left -= bytes
  }
  return groups.map((group) => JSON.stringify({ ...about, counts: group }))
}
