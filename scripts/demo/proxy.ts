import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A TCP proxy on loopback whose connections can be cut, and refused, as a broken network would. */
export class Proxy {
  private readonly open = new Set<Socket>()
  private down = false

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(port: number): Promise<Proxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const proxy = new Proxy(server, (server.address() as AddressInfo).port)
    server.on('connection', (near) => proxy.join(near, port))
    return proxy
  }

  /** Cuts every connection and lets no new one through. */
  cut(): void {
    this.down = true
    for (const socket of this.open) socket.destroy()
  }

  /** Lets connections through again. */
  mend(): void {
    this.down = false
  }

  close(): void {
    this.cut()
    this.server.close()
  }

  private join(near: Socket, port: number): void {
    if (this.down) return void near.destroy()
    const far = connect({ host: '127.0.0.1', port })
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.open.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  }
}
