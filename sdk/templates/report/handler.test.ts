import { call, test } from '@gatehouse/sdk/testing'

for (const title of ['Spending', 'Say "when"'])
  test(`has the title ${title}`, async () => {
    const report = await call({ path: '/report' }, { config: { title } })
    report.expect({ status: 200, body: { json: { title, rows: [] } } })
  })

test('counts what it makes', async () => {
  const { calls } = await call({ path: '/report' })
  const [counted] = calls
  if (counted?.name !== 'metrics.record') throw new Error(`It began with ${counted?.name}`)
})
