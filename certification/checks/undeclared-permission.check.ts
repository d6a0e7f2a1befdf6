import { PERMISSION_IDS, permissionEntry, type Capability } from '#contract/permissions.js'
import { capabilitiesDeclared, capabilitiesImported } from '../interfaces.rules.js'
import type { Check } from '../subject.js'

const openers = (capability: Capability): string =>
  PERMISSION_IDS.filter((id) => permissionEntry(id).capability === capability).join(' or ')

/** Code that imports a capability which its manifest does not declare: nobody was asked for it. */
export const undeclaredPermission: Check = {
  id: 'undeclared-permission',
  run: ({ manifest, imports }) => {
    const declared = new Set(capabilitiesDeclared(manifest))
    return capabilitiesImported(imports)
      .filter((capability) => !declared.has(capability))
      .map((capability) => ({
        code: 'permission.undeclared',
        severity: 'high',
        message: `The component imports ${capability}, and the manifest does not declare ${openers(capability)}`,
        remedy: `Declare ${openers(capability)} in permissions, or stop importing ${capability}`,
      }))
  },
}
