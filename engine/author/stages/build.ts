import { PolicyLoadError } from '../../errors.js'
import { faultOf } from '../finding.js'
import type { Stage } from './bench.js'

/** `opa build`, and the module loaded as it will be in service: metered, capped, with our builtins and every entrypoint. */
export const build: Stage = async (bench) => {
  const { wasm } = await bench.compiled()
  try {
    await bench.engine()
    return { faults: [], detail: `${wasm.byteLength} bytes` }
  } catch (error) {
    if (!(error instanceof PolicyLoadError)) throw error
    return { faults: [faultOf('load', error.message, 'take out what the message names')] }
  }
}
