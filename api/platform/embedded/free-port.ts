import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Whether the loopback port can be listened on; for 0 the system chooses. Gives the port, or undefined where it is taken. */
export async function tryPort(port: number): Promise<number | undefined> {
  const probe = createServer().listen({ port, host: '127.0.0.1', exclusive: true })
  try {
    await once(probe, 'listening')
  } catch {
    return undefined
  }
  const { port: chosen } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return chosen
}

/** The wished loopback port where it is free, else one that the system chooses. */
export async function freePort(wished = 0): Promise<number> {
  return (await tryPort(wished)) ?? (await tryPort(0)) ?? Promise.reject(new Error('no free port on 127.0.0.1'))
}
