import { TENANT_ENTRYPOINT } from '../tenant/load.js'
import type { Opa } from './opa.js'
import { CAPABILITIES, withPolicyFolder, writeFiles } from './policy-files.js'

/** Where the rules of a module stand. */
export const TENANT_SOURCE = 'tenant.rego'

/** Compiles the rules that lie in such a folder. Raises `OpaRefused` with what `opa` said of them, or `OpaEnded`. */
export const buildTenantModule = async (tool: Opa, folder: string): Promise<Uint8Array> => {
  const files = await tool.build(['--capabilities', CAPABILITIES, '-e', TENANT_ENTRYPOINT, TENANT_SOURCE], folder)
  const wasm = files.get('policy.wasm')
  if (!wasm) throw new Error('opa built no module')
  return wasm
}

/**
 * Compiles Rego of the package `tenant` with the limits of what our engine has, strictly checked, behind the wall of `tool`.
 * Raises as {@link buildTenantModule} does.
 * @returns the module for `loadTenantModule`
 */
export const compileTenantModule = (tool: Opa, rego: string): Promise<Uint8Array> =>
  withPolicyFolder(new Map(), async (folder) => {
    await writeFiles(folder, new Map([[TENANT_SOURCE, rego]]))
    await tool.output(['check', '--strict', '--capabilities', CAPABILITIES, TENANT_SOURCE], folder)
    return buildTenantModule(tool, folder)
  })
