import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { cleanup, render } from 'ink-testing-library'
import type { GoOn } from '#cli/sign-in/ways.js'
import type { GatehouseClient } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import { App } from './app.js'
import { fixtureClient } from './testing/fixture-client.js'
import type { SignInHere } from './use-sign-in.js'

afterEach(cleanup)

/** Rows are asked for anew by themselves before that. */
const WITHIN_MS = 20_000
const ADDRESS = 'https://gatehouse.example/auth/device?user_code=BCDF-GHJK'

/** A service that knows whether somebody is signed in, and a sign-in that a test lets come true. */
const ground = (isNobody: boolean) => {
  const base = fixtureClient()
  const begun: {
    tell: (where: GoOn) => void
    signal: AbortSignal
    done: (name: string) => void
    fail: (why: Error) => void
  }[] = []
  const world = { ended: isNobody, begun }
  const client = {
    get: async (endpoint: never, request: never) => {
      if (world.ended && endpoint !== 'health.report')
        throw new Refusal({
          status: 401,
          code: 'auth.session_ended',
          title: 'It has ended',
          detail: 'ended by its person',
        })
      return base.get(endpoint, request)
    },
  } as unknown as GatehouseClient
  const here: SignInHere = {
    ...{ service: 'https://gatehouse.example', isNobody },
    begin: (tell, signal) =>
      new Promise((resolve, reject) => {
        begun.push({ tell, signal, done: resolve, fail: reject })
        tell({ address: ADDRESS, code: 'BCDF-GHJK' })
      }),
  }
  return { ...world, client, here, world }
}

const open = (client: GatehouseClient, signIn: SignInHere | null) => {
  const app = render(<App client={client} canAct interactive size={{ columns: 100, rows: 24 }} signIn={signIn} />)
  const see = async (text: string): Promise<void> => {
    const deadline = performance.now() + WITHIN_MS
    while (performance.now() < deadline && !app.lastFrame()?.includes(text)) await turn()
    expect(app.lastFrame()).toContain(text)
  }
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      app.stdin.write(key)
      for (let turns = 0; turns < 8; turns++) await turn()
    }
  }
  return { see, press, shown: () => app.lastFrame() ?? '' }
}

describe('signing in from inside the console', () => {
  it('is offered where nobody is signed in: address and code are shown, and it goes on once somebody let it in', async () => {
    const { client, here, begun, world } = ground(true)
    const { see, press } = open(client, here)
    await see('Nobody is signed in at https://gatehouse.example')
    await press('\r')
    await see(ADDRESS)
    await see('Let the console in only where it shows BCDF-GHJK')
    world.ended = false
    begun[0]!.done('Mia')
    await see('Signed in as Mia')
    await press(':', 'ext', '\r')
    await see('com.acme-labs.lockfile-auditor')
  })

  it('is offered anew once a session has ended, and leaves the console where it was', async () => {
    const { client, here, begun, world } = ground(false)
    const { see, press } = open(client, here)
    await press(':', 'ext', '\r', 'j', 'd')
    await see('com.acme-labs.expense-classifier')
    await press('\u001b', ':', 'dec', '\r')
    await see('✓ allow')
    world.ended = true
    await see('The session has ended: ended by its person')
    await press('\r')
    await see(ADDRESS)
    world.ended = false
    begun[0]!.done('Mia')
    await see('Signed in as Mia')
    await see('✓ allow')
  })

  it('can be left and begun again, and says why it did not succeed', async () => {
    const { client, here, begun } = ground(true)
    const { see, press } = open(client, here)
    await press('\r')
    await see(ADDRESS)
    await press('\u001b')
    await see('Nobody is signed in')
    expect(begun[0]!.signal.aborted).toBe(true)
    await press('\r')
    await see(ADDRESS)
    begun[1]!.fail(new Error('Signing in did not succeed: It was refused'))
    await see('✗ Signing in did not succeed: It was refused')
    await press('\r')
    expect(begun).toHaveLength(3)
  })

  it('is not offered to who speaks by a key: a refusal is told as ever', async () => {
    const { client } = ground(true)
    const { see, press, shown } = open(client, null)
    await press(':', 'ext', '\r')
    await see('auth.session_ended')
    expect(shown()).not.toContain('enter: sign in')
  })
})
