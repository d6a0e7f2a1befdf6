import { TENANT_ENTRYPOINT } from '../tenant/load.js'
import type { Opa } from './opa.js'
import { CAPABILITIES, withPolicyFolder, writeFiles } from './policy-files.js'

const SOURCE = 'tenant.rego'

/**
 * Compiles Rego of the package `tenant` with the limits of what our engine has, strictly checked, behind the wall of `tool`.
 * Raises `OpaRefused` with what `opa` said of it, or `OpaEnded`.
 * @returns the module for `loadTenantModule`
 */
export const compileTenantModule = (tool: Opa, rego: string): Promise<Uint8Array> =>
  withPolicyFolder(new Map(), async (folder) => {
    await writeFiles(folder, new Map([[SOURCE, rego]]))
    await tool.output(['check', '--strict', '--capabilities', CAPABILITIES, SOURCE], folder)
    const files = await tool.build(['--capabilities', CAPABILITIES, '-e', TENANT_ENTRYPOINT, SOURCE], folder)
    const wasm = files.get('policy.wasm')
    if (!wasm) throw new Error('opa built no module')
    return wasm
  })
