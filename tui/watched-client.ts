import type { GatehouseClient } from '#sdk/client/client.js'

/** The same client, which also tells of each request that failed. */
export const watched = (client: GatehouseClient, failed: (error: unknown) => void): GatehouseClient =>
  new Proxy(client, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name, target)
      if (typeof own !== 'function') return own
      return (...parameters: unknown[]): unknown => {
        const result: unknown = Reflect.apply(own, target, parameters)
        if (result instanceof Promise) result.catch(failed)
        return result
      }
    },
  })
