import { CAPABILITIES, capabilitiesOf, type Capability } from '#contract/permissions.js'
import type { Manifest } from '#contract/manifest/index.js'

const OUR_INTERFACE = /^gatehouse:extension\/([a-z-]+)(@|$)/

const isCapability = (name: string): name is Capability => name in CAPABILITIES

/** The capabilities that imports reach, without `types` and what every guest has. */
export const capabilitiesImported = (imports: readonly string[]): Capability[] => {
  const names = imports.flatMap((name) => OUR_INTERFACE.exec(name)?.[1] ?? [])
  return [...new Set(names)].filter(isCapability).filter((name) => !CAPABILITIES[name].ambient)
}

/** The capabilities that the manifest's permissions open and that this platform runs. */
export const capabilitiesDeclared = (manifest: Manifest): Capability[] =>
  capabilitiesOf(manifest.permissions).filter((name) => CAPABILITIES[name].built)
