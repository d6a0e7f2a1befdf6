import { isoInstant } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'

/** When a session ends at the latest, where the scope can see it. */
export const sessionEnd = async ({ session }: ScopedReader, id: string): Promise<string | undefined> => {
  const row = await session.findUnique({ where: { id }, select: { expires_at: true } })
  return row ? isoInstant(row.expires_at) : undefined
}
