export { METER_VERSION } from './cost.js'
export {
  FUEL_EXPORT,
  GROWTH_REFUSED_EXPORT,
  HOST_MODULE,
  MARKS_EXPORT,
  MEMORY_EXPORT,
  PAGE_CAP_EXPORT,
  meter,
  type MeteredModule,
  type MeterOptions,
} from './meter.js'
