import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../../../platform/config/config.js'
import { tryPort } from '../../../platform/embedded/free-port.js'
import type { Check } from '../check.js'

/** Where the service looks for a port that is free, if none is set. */
const USUAL_PORT = 3000
const ANSWER_MS = 3_000

const Service = z.object({ url: z.url() })

/** Where a service on this data folder answers; null where none does. */
const answeringAt = async ({ dataFolder, GATEHOUSE_SERVICE_FILE }: Config): Promise<string | null> => {
  try {
    const { url } = Service.parse(JSON.parse(await readFile(join(dataFolder, GATEHOUSE_SERVICE_FILE), 'utf8')))
    const { ok } = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(ANSWER_MS) })
    return ok ? url : null
  } catch {
    return null
  }
}

/** Whether the service answers, or there is a port for it to listen on. */
export const port: Check<Config> = {
  name: 'port',
  remedy: 'end the program that listens there, or set PORT to another port (0 takes any)',
  look: async (config) => {
    const url = await answeringAt(config)
    if (url) return { ok: true, detail: `the service answers at ${url}` }
    const { PORT = USUAL_PORT } = config
    if ((await tryPort(PORT)) !== undefined) return { ok: true, detail: `port ${PORT} is free` }
    if (config.PORT === undefined)
      return { ok: true, detail: `port ${PORT} is taken; the service listens on the next that is free` }
    return { ok: false, detail: `port ${PORT} is taken by another program` }
  },
}
