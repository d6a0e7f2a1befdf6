import { z } from 'zod'
import { text } from '#contract/primitives.js'
import type { Capability } from './capability.js'

const One = z.strictObject({ name: text(200) })
const All = z.strictObject({})

const get: Capability<z.infer<typeof One>> = {
  name: 'config.get',
  permission: 'config:read',
  schema: One,
  plan: ({ name }, { target: { config } }) => ({
    facts: { config: { name, declared: config !== null } },
    run: () => (config && Object.hasOwn(config, name) ? JSON.stringify(config[name]) : null),
  }),
}

const all: Capability<z.infer<typeof All>> = {
  name: 'config.all',
  permission: 'config:read',
  schema: All,
  plan: (_args, { target: { config } }) => ({
    facts: { config: { name: null, declared: config !== null } },
    run: () => JSON.stringify(config ?? {}),
  }),
}

/** Settings that were entered at install, as JSON text. */
export const configCapabilities = [get, all]
