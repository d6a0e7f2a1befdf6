import { capabilityCatalogue as catalogueOver } from '#runtime/host-calls/catalogue.js'
import type { CallTarget } from '../installs/call-target.js'

/** Every host call that an install of this service can make, by name. */
export const capabilityCatalogue = catalogueOver<CallTarget>
