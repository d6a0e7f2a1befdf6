import { CAPABILITIES, capabilitiesOf, type Capability } from '#contract/permissions.js'
import type { Manifest } from '#contract/manifest/index.js'

const isCapability = (name: string): name is Capability => name in CAPABILITIES

/** The capabilities that imported interfaces reach, without what every guest has. */
export const capabilitiesImported = (imports: readonly string[]): Capability[] =>
  [...new Set(imports)].filter(isCapability).filter((name) => !CAPABILITIES[name].ambient)

/** The capabilities that interfaces of WASI reach: what is printed goes to the log. */
export const capabilitiesOfWasi = (wasi: readonly string[]): Capability[] =>
  wasi.some((name) => /^wasi:cli\/std(out|err)@/.test(name)) ? ['log'] : []

/** The capabilities that the manifest's permissions open and that this platform runs. */
export const capabilitiesDeclared = (manifest: Manifest): Capability[] =>
  capabilitiesOf(manifest.permissions).filter((name) => CAPABILITIES[name].built)
