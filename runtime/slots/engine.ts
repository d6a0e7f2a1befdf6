import { METER_VERSION } from '../metering/index.js'

/** What carries out guests here: where it is another one, a replay says so. */
export const SLOT_ENGINE = `node-${process.versions.node} v8-${process.versions.v8} meter-${METER_VERSION}`
