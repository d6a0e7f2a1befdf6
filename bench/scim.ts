import { parseArgs } from 'node:util'
import { machine, readable } from './conditions.js'
import { quantile, startLoad } from './policy-load.js'
import { loadScim, type ScimReport, type ScimRequest } from './scim-load.js'
import { rawPerSecond } from './scim-raw.js'
import { durability, startService, type MeasuredService } from './service.js'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const CONNECTIONS = 32
const BULK_CONNECTIONS = 3
const BULK_OPERATIONS = 1_000
/** Until the code of the service is compiled for good: in the first seconds a request takes twice the processor time. */
const WARM_MS = 15_000
const POST_MS = 8_000
const EQ_PER_SECOND = 200
const EQ_MS = 15_000
const MEMBERS = 50_000
const MEMBER_CHANGES = 600
const WRITES_PER_SECOND = 50
const LEAVERS = 60

const person = (name: string) => ({
  ...{ schemas: [USER], userName: `${name}@bench.example`, displayName: `Person ${name}`, active: true },
  name: { givenName: 'Person', familyName: name },
  emails: [{ value: `${name}@bench.example`, type: 'work', primary: true }],
})
const post = (name: string): ScimRequest => ({ method: 'POST', path: '/Users', body: JSON.stringify(person(name)) })
const patch = (path: string, operation: object): ScimRequest => ({
  ...{ method: 'PATCH', path },
  body: JSON.stringify({ schemas: [PATCH], Operations: [operation] }),
})

/** The service with a connection of an organisation. */
interface Bench {
  readonly service: MeasuredService
  readonly token: string
  readonly tenantId: string
}

const connect = async (service: MeasuredService): Promise<Bench> => {
  const { body: connection } = await service.ask('acme_owner', 'POST', '/v1/scim/connections', { name: 'Bench' })
  const path = `/v1/scim/connections/${String(connection['id'])}/tokens`
  const { body: token } = await service.ask('acme_owner', 'POST', path, { name: 'bench' })
  return { service, token: String(token['secret']), tenantId: String(connection['tenant_id']) }
}

const load = async (
  { service: { url }, token }: Bench,
  requests: readonly ScimRequest[],
  { connections, milliseconds = null }: { connections: number; milliseconds?: number | null },
): Promise<ScimReport> => {
  const report = await loadScim({ url, token, connections, milliseconds, requests })
  if (report.firstFailure !== null) throw new Error(report.firstFailure)
  return report
}

const ids = async ({ service, tenantId }: Bench): Promise<string[]> =>
  service.ground.database.inScope({ tenant: tenantId }, async (tx) =>
    (await tx.query<{ id: string }>('SELECT principal_id AS id FROM scim_user ORDER BY 1')).rows.map(({ id }) => id),
  )

const posts = async (bench: Bench) => {
  const people = (kind: string) => Array.from({ length: 40_000 }, (_, index) => post(`${kind}${index}`))
  await load(bench, people('warm'), { connections: CONNECTIONS, milliseconds: WARM_MS })
  const { latenciesMs, seconds } = await load(bench, people('post'), {
    connections: CONNECTIONS,
    milliseconds: POST_MS,
  })
  return { per_s: latenciesMs.length / seconds, p99_ms: quantile(latenciesMs, 0.99) }
}

const bulkRequests = (from: number, to: number): ScimRequest[] =>
  Array.from({ length: Math.ceil((to - from) / BULK_OPERATIONS) }, (_, block) => ({
    ...{ method: 'POST', path: '/Bulk' },
    body: JSON.stringify({
      schemas: [BULK],
      Operations: Array.from(
        { length: Math.min(BULK_OPERATIONS, to - from - block * BULK_OPERATIONS) },
        (__, index) => {
          const name = `bulk${from + block * BULK_OPERATIONS + index}`
          return { method: 'POST', path: '/Users', bulkId: name, data: person(name) }
        },
      ),
    }),
  }))

/** Fills up to so many people; how many came in a second. */
const fill = async (bench: Bench, from: number, to: number): Promise<number> => {
  const { seconds } = await load(bench, bulkRequests(from, to), { connections: BULK_CONNECTIONS })
  return (to - from) / seconds
}

const lookUps = async ({ service: { url }, token }: Bench, people: number) => {
  const paths = Array.from({ length: 997 }, (_, index) => {
    const name = `bulk${Math.floor((index * people) / 997)}@bench.example`
    return `/scim/v2/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`
  })
  const order = { urls: [url], method: 'GET', paths, body: '', expect: 200, perSecond: EQ_PER_SECOND }
  const headers = { authorization: `Bearer ${token}` }
  const { p50Ms, p99Ms, failures, firstFailure } = await startLoad({ ...order, headers, milliseconds: EQ_MS }).report
  if (failures > 0) throw new Error(firstFailure ?? 'a look-up failed')
  return { p50_ms: p50Ms, p99_ms: p99Ms }
}

const members = async (bench: Bench, people: readonly string[]) => {
  const [outsider, ...others] = people
  const group = {
    schemas: [GROUP],
    displayName: 'Everybody',
    members: others.slice(0, MEMBERS).map((value) => ({ value })),
  }
  const response = await fetch(`${bench.service.url}/scim/v2/Groups?attributes=displayName`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(group),
  })
  if (response.status !== 201) throw new Error(await response.text())
  const path = `/Groups/${((await response.json()) as { id: string }).id}`
  const changes = Array.from({ length: MEMBER_CHANGES }, (_, index) =>
    patch(
      path,
      index % 2
        ? { op: 'remove', path: `members[value eq "${outsider}"]` }
        : { op: 'add', path: 'members', value: [{ value: outsider }] },
    ),
  )
  const { latenciesMs } = await load(bench, changes, { connections: 1 })
  return { size: group.members.length, p50_ms: quantile(latenciesMs, 0.5), p99_ms: quantile(latenciesMs, 0.99) }
}

/** Walks all people by cursor while others are added; those who were there and were not met, and those met twice. */
const walk = async (bench: Bench) => {
  const { service, token } = bench
  const before = await ids(bench)
  const writes = Array.from({ length: 100_000 }, (_, index) => post(`walk${index}`))
  let over = false
  const writer = (async () => {
    for (let sent = 0; !over; sent += WRITES_PER_SECOND) {
      const pause = new Promise((resolve) => setTimeout(resolve, 1_000))
      await load(bench, writes.slice(sent, sent + WRITES_PER_SECOND), { connections: 4 })
      await pause
    }
  })()
  const met = new Map<string, number>()
  const start = performance.now()
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query = new URLSearchParams({ cursor, count: '1000', attributes: 'userName' })
    const response = await fetch(`${service.url}/scim/v2/Users?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const page = (await response.json()) as { Resources: { id: string }[]; nextCursor?: string }
    for (const { id } of page.Resources) met.set(id, (met.get(id) ?? 0) + 1)
    cursor = page.nextCursor
  }
  const seconds = (performance.now() - start) / 1_000
  over = true
  await writer
  return {
    ...{ people: before.length, seconds, lost: before.filter((id) => !met.has(id)).length },
    duplicated: [...met.values()].filter((times) => times > 1).length,
  }
}

/** From when somebody is told to be let go until a call with their key is refused. */
const leaving = async (bench: Bench, people: readonly string[]) => {
  const { service } = bench
  const times: number[] = []
  for (const id of people.slice(0, LEAVERS)) {
    const { body } = await service.ask('acme_owner', 'POST', '/v1/keys', { principal_id: id, name: 'bench' })
    const headers = { authorization: `Bearer ${String(body['secret'])}` }
    const isRefused = async () => (await fetch(`${service.url}/v1/whoami`, { headers })).status === 401
    if (await isRefused()) throw new Error('a fresh key was refused')
    const start = performance.now()
    await load(bench, [patch(`/Users/${id}`, { op: 'replace', value: { active: false } })], { connections: 1 })
    while (!(await isRefused()));
    times.push(performance.now() - start)
  }
  return quantile(
    times.toSorted((a, b) => a - b),
    0.99,
  )
}

const measure = async (bench: Bench, people: number) => {
  const single = await posts(bench)
  const growth: Record<string, object> = {}
  const fills: number[] = []
  let there = 0
  for (const size of new Set([1_000, 10_000, people].filter((each) => each <= people))) {
    const per_s = await fill(bench, there, size)
    fills.push(per_s)
    there = size
    growth[size] = { bulk_per_s: per_s, eq: await lookUps(bench, size) }
  }
  const all = await ids(bench)
  const group = await members(bench, all)
  const walked = await walk(bench)
  const left = await leaving(bench, all)
  // Last, since hundreds of thousands of rows leave the server work to do that what comes after would pay.
  const raw = await rawPerSecond(bench.service.ownerUrl, { connections: 8, body: person('raw'), milliseconds: 3_000 })
  const { eq } = growth[people] as { eq: { p99_ms: number } }
  const bulk = fills.at(-1)!
  return {
    ...{ post_per_s: single.per_s, post_p99_ms: single.p99_ms, post_ratio: single.per_s / raw.single },
    ...{ bulk_per_s: bulk, bulk_ratio: bulk / raw.hundred, eq_p99_ms: eq.p99_ms },
    ...{ member_p50_ms: group.p50_ms, member_p99_ms: group.p99_ms, group_members: group.size },
    ...{
      walk_people: walked.people,
      walk_lost: walked.lost,
      walk_duplicated: walked.duplicated,
      walk_s: walked.seconds,
    },
    deprovision_p99_ms: left,
    ...{ growth, raw_per_s: raw },
  }
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, people: { type: 'string', default: '100000' } },
})
const service = await startService({ GATEHOUSE_SLOTS: '1' })
try {
  const figures = readable({
    ...(await measure(await connect(service), Number(values.people))),
    ...{ ...(await durability(service)), machine: machine() },
  })
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  else console.dir(figures, { depth: 5 })
} finally {
  await service.close()
}
