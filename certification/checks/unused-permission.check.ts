import { permissionEntry } from '#contract/permissions.js'
import { capabilitiesDeclared, capabilitiesImported, capabilitiesOfWasi } from '../interfaces.rules.js'
import type { Check } from '../subject.js'

/** A permission that the code has no use for: an admin would grant it for nothing. */
export const unusedPermission: Check = {
  id: 'unused-permission',
  run: ({ manifest, imports, wasi }) => {
    const imported = new Set([...capabilitiesImported(imports), ...capabilitiesOfWasi(wasi)])
    const unused = new Set(capabilitiesDeclared(manifest).filter((capability) => !imported.has(capability)))
    return manifest.permissions
      .filter((id) => {
        const { capability } = permissionEntry(id)
        return capability !== null && unused.has(capability)
      })
      .map((id) => ({
        code: 'permission.unused',
        severity: 'low',
        message: `The manifest declares ${id}, and the component does not import ${permissionEntry(id).capability}`,
        remedy: `Remove ${id} from permissions`,
      }))
  },
}
