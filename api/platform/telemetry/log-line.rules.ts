const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'ERROR', 60: 'FATAL' }
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'context', 'msg', 'err'])

interface Entry extends Record<string, unknown> {
  readonly level: number
  readonly time: number
  readonly msg?: string
  readonly context?: string
  readonly err?: { readonly message?: string; readonly stack?: string }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const inWords = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)

/** `policy.revision=sha256:… nodes="a b"`: objects by their leaves, lists item by item. */
const fields = (entries: readonly (readonly [string, unknown])[]): string[] =>
  entries.flatMap(([name, value]) => {
    if (Array.isArray(value)) return [`${name}=${value.map(inWords).join(',')}`]
    if (!isObject(value)) return value === undefined ? [] : [`${name}=${inWords(value)}`]
    return fields(Object.entries(value).map(([inner, leaf]) => [`${name}.${inner}`, leaf]))
  })

/** Where an error was raised, below its line; its message where the line does not say it. */
const stackOf = ({ err, msg }: Entry): string => {
  if (err?.stack === undefined) return ''
  const [first = '', ...rest] = err.stack.split('\n')
  return [...(msg && first.includes(msg) ? [] : [`    ${first}`]), ...rest].map((line) => `${line}\n`).join('')
}

/** One line of the log as a person at a terminal reads it: time, level, where, what, the other fields, and a stack. */
export const humanLine = (line: string): string => {
  const entry = JSON.parse(line) as Entry
  const rest = fields(Object.entries(entry).filter(([name]) => !OWN_FIELDS.has(name)))
  const time = new Date(entry.time).toISOString().slice(11, 19)
  const said = `${(LEVELS[entry.level] ?? '?').padEnd(5)} ${entry.context ? `${entry.context}: ` : ''}${entry.msg ?? ''}`
  return `${time} ${said}${rest.length > 0 ? `  ${rest.join(' ')}` : ''}\n${stackOf(entry)}`
}
