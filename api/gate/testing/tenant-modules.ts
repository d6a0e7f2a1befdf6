import { compileTenantModule } from '#engine/author/tenant-module.js'
import { openOpa } from '#engine/author/opa.js'
import { digestOf } from '#runtime/digest.js'
import { findOpa } from '../../../scripts/find-opa.mjs'
import type { ModuleSource } from '../tenant-modules.js'

/** Compiled modules by their digest, as the blob store keeps them. */
export class ModuleShelf implements ModuleSource {
  private readonly kept = new Map<string, Uint8Array>()
  /** How often a module was read. */
  reads = 0

  /** Compiles rules of the package `tenant`; gives their digest. */
  async put(rules: string): Promise<string> {
    const wasm = await compileTenantModule(await openOpa(await findOpa()), `package tenant\n\n${rules}\n`)
    this.kept.set(digestOf(wasm), wasm)
    return digestOf(wasm)
  }

  remove(digest: string): void {
    this.kept.delete(digest)
  }

  async read(digest: string): Promise<Uint8Array> {
    this.reads += 1
    const wasm = this.kept.get(digest)
    if (!wasm) throw new Error(`${digest} is not kept`)
    return wasm
  }
}

/** Rego that denies an action, in words. */
export const denying = (action: string, reason = 'frozen'): string =>
  `restrictions contains {"effect": "deny", "reason": "tenant.${reason}", "message": "It is frozen", "remedy": "Wait"} if input.action == "${action}"`

/** Rego that wants this many people, at the most within an hour. */
export const holding = (action: string, quorum: number, kind = 'review'): string =>
  `restrictions contains {
	"effect": "hold", "reason": "tenant.many_eyes", "message": "Many look at it", "remedy": "Ask them",
	"approval": {"kind": "${kind}", "scope": "approvals:vote", "quorum": ${quorum}, "expires_in_s": 3600},
} if input.action == "${action}"`

/** Rego that does not end within its budget on this action. */
export const endless = (action: string): string =>
  `restrictions := [1 | input.action == "${action}"; some x in numbers.range(1, 3000); some y in numbers.range(1, 3000); x * y == 0]`
