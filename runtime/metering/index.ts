export { METER_VERSION } from './cost.js'
export {
  FUEL_EXPORT,
  MEMORY_EXPORT,
  meter,
  type MeteredMemory,
  type MeteredModule,
  type MeterOptions,
} from './meter.js'
