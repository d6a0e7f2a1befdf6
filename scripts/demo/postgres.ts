import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** Where and as whom to connect. */
export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Role to enter, as the service's own pools do. */
  readonly role?: string
}

/** What PostgreSQL said no to: `code` is the SQLSTATE. */
export class SqlError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

interface Message {
  readonly type: string
  readonly body: Buffer
}

const framed = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const errorOf = (body: Buffer): SqlError => {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field[0], field.slice(1)]),
  )
  return new SqlError(fields.get('C') ?? 'XX000', fields.get('M') ?? 'no message')
}

/** SCRAM-SHA-256 (RFC 5802, RFC 7677), the client's side. */
const scram = (password: string) => {
  const nonce = randomBytes(18).toString('base64')
  const first = `n=,r=${nonce}`
  const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  return {
    first: `n,,${first}`,
    final(challenge: string): string {
      const fields = Object.fromEntries(challenge.split(',').map((part) => [part[0], part.slice(2)]))
      const salted = pbkdf2Sync(password, Buffer.from(fields['s'] ?? '', 'base64'), Number(fields['i']), 32, 'sha256')
      const clientKey = hmac(salted, 'Client Key')
      const bare = `c=biws,r=${fields['r']}`
      const signature = hmac(createHash('sha256').update(clientKey).digest(), `${first},${challenge},${bare}`)
      return `${bare},p=${Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`
    },
  }
}

/**
 * A small client of PostgreSQL's wire protocol, so that the demo can attack the database as an outsider would:
 * with the service's own credentials, and not through its code.
 */
export class Postgres {
  private buffered = Buffer.alloc(0)
  private readonly waiting: ((message: Message | Error) => void)[] = []
  private readonly arrived: (Message | Error)[] = []

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.receive(chunk))
    socket.on('error', (error) => this.deliver(error))
    socket.on('close', () => this.deliver(new Error('PostgreSQL closed the connection')))
  }

  static async open(address: PostgresAddress): Promise<Postgres> {
    const client = new Postgres(connect({ host: address.host, port: address.port }))
    const options = address.role ? ['options', `-c role=${address.role}`] : []
    const parameters = Buffer.from(
      [...['user', address.user, 'database', address.database], ...options, ''].join('\0') + '\0',
    )
    const head = Buffer.alloc(8)
    head.writeInt32BE(parameters.length + 8, 0)
    head.writeInt32BE(196608, 4)
    client.socket.write(Buffer.concat([head, parameters]))
    await client.authenticate(address.password)
    await client.untilReady()
    return client
  }

  /** Runs one or more statements as a simple query; the rows of all of them, as text. Throws `SqlError`. */
  async query(sql: string): Promise<(string | null)[][]> {
    this.socket.write(framed('Q', Buffer.from(`${sql}\0`)))
    return this.untilReady()
  }

  close(): void {
    this.socket.end(framed('X', Buffer.alloc(0)))
  }

  private async authenticate(password: string): Promise<void> {
    const exchange = scram(password)
    for (;;) {
      const { type, body } = await this.next()
      if (type === 'E') throw errorOf(body)
      const step = body.readInt32BE(0)
      if (step === 0) return
      if (step === 10) {
        const first = Buffer.from(exchange.first)
        const length = Buffer.alloc(4)
        length.writeInt32BE(first.length)
        this.socket.write(framed('p', Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), length, first])))
      } else if (step === 11) this.socket.write(framed('p', Buffer.from(exchange.final(body.toString('utf8', 4)))))
      else if (step !== 12) throw new Error(`authentication method ${step} is not spoken here`)
    }
  }

  private async untilReady(): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = []
    let failure: SqlError | undefined
    for (;;) {
      const { type, body } = await this.next()
      if (type === 'D') rows.push(rowOf(body))
      else if (type === 'E') failure = errorOf(body)
      else if (type === 'Z') {
        if (failure) throw failure
        return rows
      }
    }
  }

  private async next(): Promise<Message> {
    const message =
      this.arrived.shift() ?? (await new Promise<Message | Error>((resolve) => this.waiting.push(resolve)))
    if (message instanceof Error) throw message
    return message
  }

  private receive(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk])
    while (this.buffered.length >= 5) {
      const length = this.buffered.readInt32BE(1) + 1
      if (this.buffered.length < length) return
      this.deliver({ type: this.buffered.toString('latin1', 0, 1), body: this.buffered.subarray(5, length) })
      this.buffered = this.buffered.subarray(length)
    }
  }

  private deliver(message: Message | Error): void {
    const taker = this.waiting.shift()
    if (taker) taker(message)
    else this.arrived.push(message)
  }
}

const rowOf = (body: Buffer): (string | null)[] => {
  const cells: (string | null)[] = []
  let at = 2
  for (let column = body.readInt16BE(0); column > 0; column--) {
    const length = body.readInt32BE(at)
    at += 4
    cells.push(length < 0 ? null : body.toString('utf8', at, at + length))
    at += Math.max(length, 0)
  }
  return cells
}
