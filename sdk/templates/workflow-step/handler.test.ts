import { call, test } from '@gatehouse/sdk/testing'

test('says hello, and cheaply', async () => {
  const said = await call({ path: '/hello' })
  said.expect({
    status: 200,
    body: { json: { hello: 'world' } },
    calls: [{ name: 'log.write' }],
    fuel_at_most: 1_000_000,
  })
})

test('is not called by somebody who may not call extensions', async () => {
  const refused = await call({ path: '/hello' }, { caller: { scopes: [] } })
  refused.expect({ outcome: 'denied', reasons: ['call.scope_missing'] })
})
