import { cpus, loadavg } from 'node:os'

/** What says how much a figure is worth: the machine, and how busy it is when the measurement ends. */
export const machine = () => ({
  cores: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  load: Math.round(loadavg()[0]! * 100) / 100,
})

/** Numbers to three significant digits, whatever else there is as it is; deep. */
export const readable = <T>(value: T): T => {
  if (typeof value === 'number') return (Number.isInteger(value) ? value : Number(value.toPrecision(3))) as T
  if (Array.isArray(value)) return value.map((one: unknown) => readable(one)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, readable(one as unknown)])) as T
}
