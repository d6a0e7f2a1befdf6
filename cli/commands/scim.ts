import type { Registration } from '../command.js'
import { scimBrake } from './scim-brake.js'
import { scimConnections } from './scim-connections.js'
import { scimDoctor } from './scim-doctor.js'
import { scimLog } from './scim-log.js'
import { scimPreview } from './scim-preview.js'
import { scimMapping } from './scim-mapping.js'
import { scimSchemas } from './documents.js'
import { scimRules } from './scim-rules.js'
import { scimTokens } from './scim-tokens.js'

/** Families below `gatehouse scim`, each of a file of its own. */
const FAMILIES: readonly Registration[] = [
  ...[scimConnections, scimTokens, scimLog, scimDoctor, scimRules, scimSchemas, scimMapping],
  ...[scimBrake, scimPreview],
]

/** `gatehouse scim …`: people and groups that an identity provider keeps in step, and what comes of them. */
export const scim: Registration = (parent) => {
  const group = parent.command('scim').description('People and groups that your identity provider keeps in step')
  for (const register of FAMILIES) register(group)
}
