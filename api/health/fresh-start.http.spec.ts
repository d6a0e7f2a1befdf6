import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService

beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())

describe('a service on a data folder that was empty', () => {
  it('is ready with nothing asked before, its keys all made', async () => {
    let ready = await fetch(`${service.url}/readyz`)
    for (let asked = 0; ready.status !== 200 && asked < 50; asked += 1) {
      await setTimeout(100)
      ready = await fetch(`${service.url}/readyz`)
    }
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ down: [] })])
    const { details } = (await (await fetch(`${service.url}/healthz`)).json()) as { details: Record<string, object> }
    expect(details['signing_key']).toMatchObject({ status: 'up', unsound: [] })
  }, 30_000)
})
