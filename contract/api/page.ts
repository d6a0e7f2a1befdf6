import { z } from 'zod'

/** Query of every list: how many, and where the page before ended. Cursors are opaque. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items on a page'),
  cursor: z.string().max(300).optional().describe('next_cursor of the page before'),
}

/** Answer of every list, newest first; `next_cursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() })
