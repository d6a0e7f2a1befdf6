import { APART } from './sandbox-apart.js'
import { EMBEDDED } from './sandbox-embedded.js'
import type { Kind } from './sandbox-work.js'

/** What is measured in JavaScript, in the order of its walls. */
export const KINDS: Readonly<Record<string, Kind>> = {
  node_vm: EMBEDDED.node_vm,
  worker_thread: APART.worker_thread,
  isolated_vm: EMBEDDED.isolated_vm,
  quickjs_in_wasm: EMBEDDED.quickjs_in_wasm,
  plain_process: APART.plain_process,
  slot: APART.slot,
}
