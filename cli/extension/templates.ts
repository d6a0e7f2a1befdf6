import type { EXTENSION_TYPES } from '#contract/manifest/index.js'

type ExtensionType = (typeof EXTENSION_TYPES)[number]

/** What a new extension of one type starts with. */
export interface Template {
  readonly description: string
  readonly manifest: Readonly<Record<string, unknown>> & { readonly permissions: readonly string[] }
  readonly handler: string
  readonly cases: string
}

const HELLO: Template = {
  description: 'Says hello.',
  manifest: {
    permissions: ['log:read', 'log:write'],
    api: { endpoints: [{ id: 'hello', title: 'Say hello', method: 'GET', path: '/hello' }] },
  },
  handler: `import { json, type Request, type Response } from '@gatehouse/sdk'
import * as log from 'gatehouse:extension/log@0.1.0'

/** Answers one request. Every import from gatehouse:extension is a host call that policy decides. */
export function handle(request: Request): Response {
  log.write('info', \`\${request.method} \${request.path}\`)
  return json(200, { hello: 'world' })
}
`,
  cases: `cases:
  - name: says hello and logs the request
    request: {path: /hello}
    expect:
      status: 200
      body: {json: {hello: world}}
      calls: [{name: log.write}]
      log: [GET /hello]
  - name: still answers where nobody granted it to log
    given: {granted: []}
    request: {path: /hello}
    expect:
      status: 200
      calls: [{name: log.write, error: capability.not_granted}]
`,
}

const AGENT: Template = {
  description: 'Remembers what it is told.',
  manifest: {
    permissions: ['kv:read', 'kv:write', 'log:read', 'log:write'],
    api: { endpoints: [{ id: 'say', title: 'Tell it something', method: 'POST', path: '/say' }] },
  },
  handler: `import { decodeUtf8, encodeUtf8, hostErrorOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'

/** Answers with what it was told before. Everything it remembers lies in its own storage. */
export function handle(request: Request): Response {
  const before = kv.get('last')
  try {
    kv.set('last', request.body)
  } catch (error) {
    const refused = hostErrorOf(error)
    if (refused?.kind === 'denied') return problem(403, 'Not remembered', refused.message)
    throw error
  }
  return json(200, { before: before ? decodeUtf8(before) : null, heard: encodeUtf8(decodeUtf8(request.body)).length })
}
`,
  cases: `cases:
  - name: hears the first words
    request: {method: POST, path: /say, body: hello}
    expect: {status: 200, body: {json: {before: null, heard: 5}}, kv: {last: hello}}
  - name: remembers the last ones
    given: {kv: {last: hello}}
    request: {method: POST, path: /say, body: again}
    expect: {status: 200, body: {json: {before: hello, heard: 5}}}
  - name: says so where nobody lets it remember
    given: {granted: ["kv:read"]}
    request: {method: POST, path: /say, body: hello}
    expect: {status: 403, calls: [{name: kv.get}, {name: kv.set, error: capability.not_granted}]}
`,
}

const REPORT: Template = {
  description: 'Reports how many calls it has seen.',
  manifest: {
    permissions: ['config:read', 'metrics:write', 'log:read', 'log:write'],
    config: {
      version: 1,
      schema: { type: 'object', properties: { title: { type: 'string' } } },
      defaults: { title: 'Report' },
    },
    api: { endpoints: [{ id: 'report', title: 'Make the report', method: 'GET', path: '/report' }] },
  },
  handler: `import { json, type Request, type Response } from '@gatehouse/sdk'
import * as config from 'gatehouse:extension/config@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'

/** Makes one report, titled as an admin wants it. */
export function handle(_request: Request): Response {
  metrics.record({ kind: 'counter', name: 'reports', value: 1, labels: [] })
  return json(200, { title: JSON.parse(config.get('title') ?? '"Report"'), rows: [] })
}
`,
  cases: `cases:
  - name: has the title of the manifest
    request: {path: /report}
    expect: {status: 200, body: {json: {title: Report, rows: []}}}
  - name: has the title that an admin entered
    given: {config: {title: Spending}}
    request: {path: /report}
    expect:
      status: 200
      body: {json: {title: Spending, rows: []}}
      calls: [{name: metrics.record}, {name: config.get}]
`,
}

const APP: Template = {
  description: 'Serves what its page shows.',
  manifest: {
    permissions: ['kv:read', 'log:read', 'log:write'],
    api: { endpoints: [{ id: 'item', title: 'One item', method: 'GET', path: '/items/{id}' }] },
  },
  handler: `import { decodeUtf8, field, json, problem, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'

/** The items that a page shows. */
export function handle(request: Request): Response {
  const id = field(request.params, 'id') ?? ''
  const stored = kv.get(\`items/\${id}\`)
  return stored ? json(200, { id, text: decodeUtf8(stored) }) : problem(404, 'Not found', \`There is no item \${id}\`)
}
`,
  cases: `cases:
  - name: shows an item
    given: {kv: {items/7: seven}}
    request: {path: /items/7}
    expect: {status: 200, body: {json: {id: "7", text: seven}}}
  - name: says what is not there
    request: {path: /items/8}
    expect: {status: 404, calls: [{name: kv.get}]}
`,
}

/** What each type starts with. */
export const TEMPLATES: Readonly<Record<ExtensionType, Template>> = {
  'workflow-step': HELLO,
  'ai-agent': AGENT,
  report: REPORT,
  'ui-app': APP,
}
