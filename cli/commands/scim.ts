import type { Registration } from '../command.js'
import { scimBrake } from './scim-brake.js'
import { scimPreview } from './scim-preview.js'

/** Families below `gatehouse scim`, each of a file of its own. */
const FAMILIES: readonly Registration[] = [scimBrake, scimPreview]

/** `gatehouse scim …`: people and groups that an identity provider keeps in step, and what comes of them. */
export const scim: Registration = (parent) => {
  const group = parent.command('scim').description('People and groups that your identity provider keeps in step')
  for (const register of FAMILIES) register(group)
}
