import { given, test } from '@gatehouse/sdk/testing'

const finding = { component: 'pkg:npm/left@1.0.0', vulnerability: 'CVE-2026-0001' }
const opened = {
  type: 'com.acme-labs.sbom-watch.findings_opened',
  data: { project: 'shop', findings: [{ ...finding, severity: 'critical', title: 'left goes right' }] },
}
const closed = { type: 'com.acme-labs.sbom-watch.findings_closed', data: { project: 'shop', findings: [finding] } }
const onCall = {
  secrets: { ROUTING_KEY: 'R0UT1NGKEY' },
  http: [{ method: 'POST', url: 'https://events.pagerduty.com/v2/enqueue', status: 202 }],
}

test('pages once for what is delivered twice, and resolves it when it closes', async () => {
  const digest = given(onCall)
  const first = await digest.deliver({ ...opened, id: '01990000-0000-7000-8000-00000000aaaa' })
  first.expect({ status: 204, kv: { 'event/01990000-0000-7000-8000-00000000aaaa': '' } })
  const again = await digest.deliver({ ...opened, id: '01990000-0000-7000-8000-00000000aaaa' })
  again.expect({ status: 204, sent: [] })
  const last = await digest.deliver(closed)
  last.expect({ status: 204, kv: { 'project/shop': null } })
  const actions = [first, again, last].flatMap(({ sent }) => sent.map(({ url }) => url))
  if (actions.length !== 2) throw new Error(`It paged ${actions.length} times`)
})
