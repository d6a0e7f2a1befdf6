const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'ERROR', 60: 'FATAL' }
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'context', 'msg'])

/** One line of the log as a person at a terminal reads it: time, level, where, what, and the other fields behind. */
export const humanLine = (line: string): string => {
  const entry = JSON.parse(line) as Record<string, unknown> & {
    level: number
    time: number
    msg?: string
    context?: string
  }
  const fields = Object.entries(entry).filter(([name]) => !OWN_FIELDS.has(name))
  const rest = fields.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join('')
  const time = new Date(entry.time).toISOString().slice(11, 19)
  return `${time} ${(LEVELS[entry.level] ?? '?').padEnd(5)} ${entry.context ? `${entry.context}: ` : ''}${entry.msg ?? ''}${rest}\n`
}
