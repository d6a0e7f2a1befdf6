import { z } from 'zod'
import { Pointer } from '../primitives.js'

/** One operation of a JSON Patch (RFC 6902), the part that changes facts: remedies use it, and whoever tries something. */
export const PatchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace']), path: Pointer, value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: Pointer }),
])
export type PatchOperation = z.infer<typeof PatchOperation>
