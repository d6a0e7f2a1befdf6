import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

const HEADER = 12
const TXT = 16
const NO_ERROR = 0
const NO_SUCH_NAME = 3

/** The name that is asked for, in lower case, and the bytes of the question (RFC 1035, section 4.1.2). */
const questionOf = (message: Buffer): { name: string; type: number; bytes: Buffer } => {
  const labels: string[] = []
  let at = HEADER
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length).toLowerCase())
    at += length + 1
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), bytes: message.subarray(HEADER, at + 5) }
}

/** A TXT record for the name of the question, which it points to (section 4.1.4). */
const recordOf = (value: string): Buffer => {
  const text = Buffer.from(value, 'latin1')
  const head = Buffer.from([0xc0, HEADER, 0, TXT, 0, 1, 0, 0, 0, 0, 0, text.length + 1, text.length])
  return Buffer.concat([head, text])
}

/** The name server of the company's domain, on loopback: it has TXT records and nothing else. */
export class NameServer {
  /** Records by name, each of at most 255 bytes. */
  readonly records = new Map<string, string>()

  private constructor(private readonly socket: Socket) {
    socket.on('message', (message, { port, address }) => socket.send(this.answer(message), port, address))
  }

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new NameServer(socket)
  }

  /** `address:port`, as GATEHOUSE_DNS_SERVERS has it. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`
  }

  stop(): void {
    this.socket.close()
  }

  private answer(message: Buffer): Buffer {
    const { name, type, bytes } = questionOf(message)
    const value = this.records.get(name)
    const record = type === TXT && value !== undefined ? recordOf(value) : undefined
    const head = Buffer.alloc(HEADER)
    message.copy(head, 0, 0, 2)
    // An answer, with authority.
    head.writeUInt16BE(0x8400 | (value === undefined ? NO_SUCH_NAME : NO_ERROR), 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(record ? 1 : 0, 6)
    return Buffer.concat([head, bytes, ...(record ? [record] : [])])
  }
}
