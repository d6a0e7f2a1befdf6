import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { jest } from '@jest/globals'
import { runProgram } from '../program.js'

/** What a command came to. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | string
}

/** One answer: JSON with 200 where only a body is given. */
export interface Told {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown
}

/** What the service was asked. */
export interface Asked {
  readonly request: string
  readonly body: unknown
}

/** A service that answers what it was told, and the command line run against it in this process. */
export class ToldService {
  /** One after another; the last one stays. */
  answers: Told[] = []
  /** In place of answers that stand there beforehand: what each request makes of it. */
  reply: ((asked: Asked) => Told) | undefined
  readonly asked: Asked[] = []
  /** The key that the last request spoke with. */
  authorization: string | undefined

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ToldService> {
    const server = createServer()
    const service = new ToldService(server)
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const asked = {
          request: `${request.method} ${request.url}`,
          body: body === '' ? undefined : (JSON.parse(body) as unknown),
        }
        service.asked.push(asked)
        service.authorization = request.headers.authorization
        const told = service.told(asked)
        const status = told.status ?? 200
        const type = status >= 400 ? 'application/problem+json' : 'application/json'
        response.writeHead(status, { 'content-type': type, ...told.headers })
        response.end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    process.exitCode = undefined
    return service
  }

  /** Where it answers. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  private told(asked: Asked): Told {
    if (this.reply) return this.reply(asked)
    return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? { body: {} }
  }

  /** The answers as JSON, each with 200. */
  tell(...bodies: readonly unknown[]): void {
    this.answers = bodies.map((body) => ({ body }))
  }

  /** Runs `gatehouse` with these words, and gives what it wrote. */
  async gatehouse(...args: string[]): Promise<Ran> {
    const written = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      jest.spyOn(process[name], 'write').mockImplementation((chunk, ...rest: unknown[]) => {
        written[name] += String(chunk)
        const told = rest.find((one) => typeof one === 'function') as (() => void) | undefined
        told?.()
        return true
      })
    process.exitCode = undefined
    const before = process.env['GATEHOUSE_URL']
    process.env['GATEHOUSE_URL'] = this.url
    await runProgram(['--key', 'k', ...args])
    if (before === undefined) delete process.env['GATEHOUSE_URL']
    else process.env['GATEHOUSE_URL'] = before
    jest.restoreAllMocks()
    return { ...written, code: process.exitCode ?? 0 }
  }

  async stop(): Promise<void> {
    process.exitCode = undefined
    jest.restoreAllMocks()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
