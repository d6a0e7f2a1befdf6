import { ACTION_IDS, actionEntry } from '../actions.js'
import { ENDPOINTS } from '../endpoints.js'
import type { EndpointEntry } from '../endpoint.js'
import { CAPABILITIES, PERMISSION_IDS, permissionEntry } from '../permissions.js'
import { PROBLEMS } from '../problems.js'
import { ROLES, SCOPES } from '../scopes.js'

const cell = (value: string): string => value.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')
const code = (value: string): string => `\`${value}\``

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** A generated page: its title, what it is generated from and by which command, and its parts. */
export const generatedPage = (
  { title, source, command }: { title: string; source: string; command: string },
  parts: readonly string[],
): string => `# ${title}\n\n<!-- Generated from ${source} by \`npm run ${command}\`. -->\n\n${parts.join('\n\n')}\n`

/** A page that is generated from the contract alone. */
export const page = (title: string, source: string, parts: readonly string[]): string =>
  generatedPage({ title, source, command: 'contract:generate' }, parts)

const problems = (): string =>
  page('Problems', 'contract/problems', [
    'Every refusal is `application/problem+json` (RFC 9457). `code` is stable; `type` is `urn:gatehouse:problem:` and the code.',
    table(
      ['Code', 'Status', 'Title', 'What to do'],
      Object.entries(PROBLEMS).map(([id, { status, title, remedy }]) => [code(id), String(status), title, remedy]),
    ),
  ])

const endpoints = (): string =>
  page('Endpoints', 'contract/endpoints.ts', [
    'The one endpoint table. The scope is what the action needs; policy decides the rest. The whole with schemas is `/openapi.json`.',
    table(
      ['Endpoint', 'Method', 'Path', 'Action', 'Scope', 'What it does'],
      Object.entries<EndpointEntry>(ENDPOINTS).map(([id, { method, path, action, summary, public: open }]) => [
        code(id),
        method,
        code(path),
        action === null ? '' : code(action),
        open ? 'public' : code((action && actionEntry(action).scope) ?? 'any key'),
        summary,
      ]),
    ),
  ])

const permissions = (): string =>
  page('Permissions of extensions', 'contract/permissions.ts', [
    'What a manifest may ask for and an admin may grant. A version that asks for more than low risk is held for review.',
    table(
      ['Permission', 'Risk', 'Title', 'What the admin reads', 'Host API', 'Runs'],
      PERMISSION_IDS.map((id) => {
        const { risk, title, words, capability } = permissionEntry(id)
        const runs = capability === null ? '' : CAPABILITIES[capability].built ? 'yes' : 'not yet'
        return [code(id), risk, title, words, capability === null ? '' : code(capability), runs]
      }),
    ),
  ])

const actions = (): string =>
  page('Actions, scopes and roles', 'contract/actions.ts and contract/scopes.ts', [
    '## Actions\n\nEach is decided by one gate. PostgreSQL lets a decision write the named tables and no others.',
    table(
      ['Action', 'Gate', 'Scope', 'May write'],
      ACTION_IDS.map((id) => {
        const { gate, scope, writes } = actionEntry(id)
        return [code(id), gate, scope === null ? '' : code(scope), writes.map(code).join(', ')]
      }),
    ),
    '## Scopes',
    table(
      ['Scope', 'What it lets do'],
      Object.entries(SCOPES).map(([id, words]) => [code(id), words]),
    ),
    '## Roles',
    table(
      ['Role', 'Scopes'],
      Object.entries(ROLES).map(([id, scopes]) => [code(id), scopes.map(code).join(', ')]),
    ),
  ])

/** The generated pages of docs/reference by file name, without that of the manifest. */
export const referencePages = (): Record<string, string> => ({
  'problems.md': problems(),
  'endpoints.md': endpoints(),
  'permissions.md': permissions(),
  'actions.md': actions(),
})
