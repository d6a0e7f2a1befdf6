import { given, test } from '@gatehouse/sdk/testing'

test('shows each item by its id, whatever is in it', async () => {
  const app = given({ kv: { 'items/7': 'seven', 'items/8': '"eight"\n' } })
  for (const [id, text] of [
    ['7', 'seven'],
    ['8', '"eight"\n'],
  ] as const) {
    const item = await app.call({ path: `/items/${id}` })
    item.expect({ status: 200, body: { json: { id, text } }, calls: [{ name: 'kv.get' }] })
  }
})
