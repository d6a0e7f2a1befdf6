import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

const [HEAD, TXT, IN, TTL_S] = [12, 16, 1, 1]
/** The name of an answer is that of the question, which stands right behind the head (RFC 1035, section 4.1.4). */
const SAME_NAME = 0xc000 | HEAD

/** Answers for TXT records on loopback (RFC 1035), as far as a domain is proven by one. */
export class NameServer {
  private readonly records = new Map<string, string>()

  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4')
    const server = new NameServer(socket)
    socket.on('message', (question, { port, address }) => socket.send(server.answer(question), port, address))
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return server
  }

  /** `address:port`. */
  get at(): string {
    return `127.0.0.1:${this.socket.address().port}`
  }

  put(name: string, value: string): void {
    this.records.set(name.toLowerCase(), value)
  }

  stop(): void {
    this.socket.close()
  }

  private answer(question: Buffer): Buffer {
    const { name, end } = nameIn(question)
    const value = this.records.get(name)
    const head = Buffer.alloc(HEAD)
    head.writeUInt16BE(question.readUInt16BE(0), 0)
    // An answer with authority; NXDOMAIN where there is none.
    head.writeUInt16BE(value === undefined ? 0x8403 : 0x8400, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(value === undefined ? 0 : 1, 6)
    const asked = question.subarray(HEAD, end + 4)
    return Buffer.concat([head, asked, ...(value === undefined ? [] : [recordOf(value)])])
  }
}

/** The name that is asked for, and where it ends. */
const nameIn = (question: Buffer): { name: string; end: number } => {
  const labels: string[] = []
  let at = HEAD
  for (let length = question[at]!; length > 0; length = question[at]!) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

const recordOf = (value: string): Buffer => {
  const head = Buffer.alloc(HEAD)
  for (const [at, field] of [SAME_NAME, TXT, IN].entries()) head.writeUInt16BE(field, at * 2)
  head.writeUInt32BE(TTL_S, 6)
  head.writeUInt16BE(value.length + 1, 10)
  return Buffer.concat([head, Buffer.from([value.length]), Buffer.from(value, 'latin1')])
}
