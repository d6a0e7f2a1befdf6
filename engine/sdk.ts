import * as sdk from '@open-policy-agent/opa-wasm'
import type { LoadedPolicy } from '@open-policy-agent/opa-wasm'

/**
 * opa-wasm's wrapper round an instance. It is on the default export only, which its own types leave out. Instances are
 * made by ourselves and not by its `loadPolicy`, because that answers some builtins with JavaScript that nothing bounds
 * (`regex.split`, `sprintf`, `yaml.*`) and lets nobody replace them.
 */
const { LoadedPolicy: Wrapper } = (sdk as unknown as { default: { LoadedPolicy: PolicyWrapper } }).default

type PolicyWrapper = new (
  instance: WebAssembly.Instance,
  memory: WebAssembly.Memory,
  minorVersion: number,
) => LoadedPolicy

const ABI_MAJOR = 1

/** Instantiates a policy with these imports and sets it up; fails where it speaks another ABI than OPA's 1.2 or later. */
export function openPolicy(module: WebAssembly.Module, memory: WebAssembly.Memory, imports: WebAssembly.Imports) {
  const instance = new WebAssembly.Instance(module, imports)
  const version = (name: string) => (instance.exports[name] as WebAssembly.Global<'i32'> | undefined)?.value
  const minor = version('opa_wasm_abi_minor_version') ?? 0
  if (version('opa_wasm_abi_version') !== ABI_MAJOR || minor < 2)
    throw new Error(`the module speaks another ABI than ${ABI_MAJOR}.2`)
  return { instance, policy: new Wrapper(instance, memory, minor) }
}
