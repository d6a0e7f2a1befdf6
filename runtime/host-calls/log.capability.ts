import { z } from 'zod'
import { LOG_LEVELS } from '#contract/api/invocations.js'
import type { Capability } from './capability.js'
import { cleanMessage } from './log.rules.js'

const Line = z.strictObject({ level: z.enum(LOG_LEVELS), message: z.string() })

/** Log lines of an extension. Posted: a guest gets no answer, and a refused line is only counted. */
export const logCapabilities: Capability<z.infer<typeof Line>>[] = [
  {
    name: 'log.write',
    permission: 'log:write',
    posted: true,
    schema: Line,
    plan: ({ level, message }, { log, disclosed }) => ({
      facts: { log: { level, size_bytes: Buffer.byteLength(message) } },
      run: () => log.add({ level, message: cleanMessage(message, disclosed), at: Date.now() }),
    }),
  },
]
