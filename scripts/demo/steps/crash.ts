import { randomUUID } from 'node:crypto'
import { shown, type Step } from '../step.js'
import type { World } from '../world.js'
import { MISBEHAVER } from './publish.js'

const callUnder = (world: World, key: string, path: string) =>
  world.request('acme_member', `/api/ext/${MISBEHAVER}${path}`, {
    method: 'POST',
    body: {},
    headers: { 'idempotency-key': `"${key}"` },
  })

const repeatedAfterCrash: Step = {
  name: 'repeated_after_crash',
  async show(world) {
    const [answered, broken] = [randomUUID(), randomUUID()]
    const first = await callUnder(world, answered, '/fine')
    shown(first.status === 200 && !first.headers.has('idempotent-replayed'), 'a call under a key runs', first)
    const before = world.rates.requests
    const cutOff = callUnder(world, broken, '/wait').then(
      ({ status }) => status,
      () => 'cut off',
    )
    await world.eventually(async () => world.rates.requests > before, Boolean)
    await world.crash()
    shown((await cutOff) === 'cut off', 'SIGKILL came while the extension waited for another host', await cutOff)
    const again = await callUnder(world, answered, '/fine')
    shown(
      again.status === 200 && again.headers.get('idempotent-replayed') === 'true',
      'what was answered before is answered again, and does not run again',
      again,
    )
    const told = await callUnder(world, broken, '/wait')
    shown(told.status === 409 && told.body['code'] === 'call.interrupted', 'what was cut off is said to be', told)
    shown(world.rates.requests === before + 1, 'and reached the other host once', world.rates.requests)
    return { replayed: again.headers.get('x-gatehouse-execution-id'), code: told.body['code'], status: told.status }
  },
}

export const crashSteps: readonly Step[] = [repeatedAfterCrash]
