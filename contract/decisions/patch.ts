import { z } from 'zod'

/** One operation of a JSON Patch (RFC 6902), the part that changes facts: remedies use it, and whoever tries something. */
export const PatchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace']), path: z.string().startsWith('/'), value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: z.string().startsWith('/') }),
])
export type PatchOperation = z.infer<typeof PatchOperation>
