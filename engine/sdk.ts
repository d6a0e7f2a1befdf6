import * as sdk from '@open-policy-agent/opa-wasm'

/**
 * Instantiates a policy at once. opa-wasm has it on its default export only, which its own types leave out; those of
 * the named functions are the same.
 */
export const { loadPolicySync } = (sdk as unknown as { default: Pick<typeof sdk, 'loadPolicySync'> }).default
