import { given, test } from '@gatehouse/sdk/testing'

test('remembers from one call to the next', async () => {
  const agent = given({ kv: { last: 'first' } })
  for (const [body, before] of [
    ['second', 'first'],
    ['third', 'second'],
  ] as const) {
    const said = await agent.call({ method: 'POST', path: '/say', body })
    said.expect({ status: 200, body: { json: { before, heard: body.length } }, kv: { last: body } })
  }
})

test('says so where its storage is full', async () => {
  const agent = given({ refuse: { 'kv.set': 'capability.kv_quota_exceeded' } })
  const said = await agent.call({ method: 'POST', path: '/say', body: 'hello' })
  said.expect({ status: 403, calls: [{ name: 'kv.get' }, { name: 'kv.set', error: 'capability.kv_quota_exceeded' }] })
})
