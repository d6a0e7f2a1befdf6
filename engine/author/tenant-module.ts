import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { TENANT_ENTRYPOINT } from '../tenant/load.js'
import { readArchive } from './archive.js'
import type { Opa } from './opa.js'

/**
 * Compiles Rego of the package `tenant` with the limits of what our engine has, strictly checked.
 * Fails with what `opa` said of it. It starts `opa`, so it is for Rego of the author's own machine.
 * @returns the module for `loadTenantModule`
 */
export async function compileTenantModule(tool: Opa, rego: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-tenant-'))
  const limits = ['--capabilities', join(packageRoot(), 'policies', 'capabilities.json')]
  try {
    await writeFile(join(folder, 'tenant.rego'), rego)
    await tool.output(['check', '--strict', ...limits, 'tenant.rego'], folder)
    await tool.output(
      ['build', '-t', 'wasm', ...limits, '-e', TENANT_ENTRYPOINT, 'tenant.rego', '-o', 'module.tar.gz'],
      folder,
    )
    const wasm = (await readArchive(await readFile(join(folder, 'module.tar.gz')))).get('policy.wasm')
    if (!wasm) throw new Error('opa built no module')
    return wasm
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
