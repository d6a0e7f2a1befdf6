import type { EndpointId } from '#contract/endpoints.js'
import type { GatehouseClient, OperationId } from '#sdk/client/client.js'
import { OPERATIONS } from '#sdk/client/generated/operations.js'
import { Refusal } from '#sdk/client/refusal.js'
import { dangerOf, type Danger } from './dangers.js'

/** What stands between a command line and the service. */
export interface Guard {
  /** Reading is the default: without it, nothing is sent that changes anything. */
  readonly canAct: boolean
  /** Shows a person what a request does; whether they want it. */
  readonly confirm: (danger: Danger) => Promise<boolean>
}

const refusal = (code: string, title: string, remedy: string): Refusal =>
  new Refusal({ status: 0, code, title, detail: title, remedy })

const READ_ONLY = (): Refusal => refusal('console.read_only', 'The console is read-only', 'Start it with --act to act')

/** A client that asks the guard before it sends: whatever command was typed, there is no way round it. */
export const guarded = (client: GatehouseClient, { canAct, confirm }: Guard): GatehouseClient => {
  const pass = async (id: OperationId, asked: unknown): Promise<void> => {
    if (OPERATIONS[id].method === 'GET') return
    if (!canAct) throw READ_ONLY()
    const danger = dangerOf(id as EndpointId, asked)
    if (danger !== null && !(await confirm(danger)))
      throw refusal('console.left', 'It was left as it is', 'Type the command again and confirm it')
  }
  const checked: Pick<GatehouseClient, 'call' | 'get' | 'send' | 'fetch'> = {
    call: async (id, asked, sending) => {
      await pass(id, asked)
      return client.call(id, asked, sending)
    },
    get: async (id, asked, sending) => {
      await pass(id, asked)
      return client.get(id, asked, sending)
    },
    send: async (id, asked, sending) => {
      await pass(id, asked)
      return client.send(id, asked, sending)
    },
    fetch: async (path, init) => {
      if (!canAct && (init.method ?? 'GET') !== 'GET') throw READ_ONLY()
      return client.fetch(path, init)
    },
  }
  return checked as GatehouseClient
}
