import type { LoggerService } from '@nestjs/common'
import { pino, type Logger } from 'pino'
import type { Settings } from '../config/settings.js'
import { humanLine } from './log-line.rules.js'
import { REDACTED_PATHS, redactText } from './redaction.rules.js'

/** Where lines go: a stream, and whether a person reads it. */
export interface LogSink {
  write(line: string): unknown
  readonly isTTY?: boolean | undefined
}

type Lines = Pick<Settings, 'LOG_LEVEL' | 'LOG_FORMAT'>

/** The process's log: JSON lines, or plain ones at a terminal or where they are wanted; secrets are taken out of either. */
export const createLog = ({ LOG_LEVEL: level, LOG_FORMAT }: Lines, sink: LogSink = process.stderr): Logger => {
  const plain = LOG_FORMAT === 'auto' ? sink.isTTY === true : LOG_FORMAT === 'plain'
  const shape = plain ? humanLine : (line: string) => line
  return pino(
    { level, redact: { paths: REDACTED_PATHS, censor: '[redacted]' } },
    { write: (line: string) => void sink.write(redactText(shape(line))) },
  )
}

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal'

/** Where Nest tells of itself: each module, each route. What goes wrong there is thrown as well, to those who start it. */
const OF_THE_FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
])

/** Nest's logger on the process's log. An object as message becomes fields, an error its own; the last text is the context. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest)
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest)
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest)
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest)
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest)
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest)
  }

  private write(wanted: Level, message: unknown, rest: readonly unknown[]): void {
    const texts = rest.filter((part) => typeof part === 'string')
    const context = texts.at(-1)
    const level = OF_THE_FRAMEWORK.has(context ?? '') ? 'debug' : wanted
    const [said] = texts.length > 1 ? texts : []
    if (message instanceof Error) this.pino[level]({ context, err: message }, message.message)
    else if (typeof message === 'object' && message !== null)
      this.pino[level]({ context, ...named(message) }, said ?? '')
    else this.pino[level]({ context, ...(said !== undefined && { detail: said }) }, String(message))
  }
}

/** Fields as pino prints them: an error among them goes by the name under which its stack is written. */
const named = ({ error, ...fields }: { error?: unknown }): object =>
  error instanceof Error ? { ...fields, err: error } : { ...fields, ...(error !== undefined && { error }) }
