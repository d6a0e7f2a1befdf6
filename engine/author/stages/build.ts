import { PolicyLoadError } from '../../errors.js'
import { MAX_DATA_BYTES } from '../../bundle.js'
import { MAX_WASM_BYTES } from '../build.js'
import { faultOf, type Fault } from '../finding.js'
import type { Stage } from './bench.js'

/** What is too large to be loaded, or even to be looked at. */
export const sizeFaults = (rule: string, { byteLength }: Uint8Array, most: number): Fault[] =>
  byteLength <= most ? [] : [faultOf(rule, `${byteLength} bytes, at most ${most} are taken`, 'make it smaller')]

/** `opa build`, sizes, and the module loaded as it will be in service: metered, capped, with our builtins and every entrypoint. */
export const build: Stage = async (bench) => {
  const { wasm, data } = await bench.compiled()
  const large = [...sizeFaults('wasm_size', wasm, MAX_WASM_BYTES), ...sizeFaults('data_size', data, MAX_DATA_BYTES)]
  if (large.length > 0) return { faults: large }
  try {
    await bench.engine()
    return { faults: [], detail: `${wasm.byteLength} bytes` }
  } catch (error) {
    if (!(error instanceof PolicyLoadError)) throw error
    return { faults: [faultOf('load', error.message, 'take out what the message names')] }
  }
}
