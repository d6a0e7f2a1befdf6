#!/usr/bin/env node
/** Writes `docs/reference/settings.md` from the built table of settings; with `--check`, tells whether it is fresh. */
import { readFile, writeFile } from 'node:fs/promises'
import { RUNNER_SETTINGS } from '../dist/api/platform/config/runner-config.js'
import { SETTINGS } from '../dist/api/platform/config/settings.js'

const page = new URL('../docs/reference/settings.md', import.meta.url)

const defaultOf = (schema) => {
  const { data } = schema.safeParse(undefined)
  const isEmpty = data === undefined || (typeof data === 'object' && Object.keys(data).length === 0)
  return isEmpty ? '' : `\`${data}\``
}

const row = ([name, { schema, words, external }]) =>
  `| \`${name}\` | ${words}. | ${defaultOf(schema)} | ${external ? 'yes' : ''} |`

const runnerRow = ([name, { schema, words }]) => `| \`${name}\` | ${words}. | ${defaultOf(schema)} |`

const text = `# Settings

Generated from \`settings.ts\` and \`runner-config.ts\` in \`api/platform/config\` by \`npm run settings:generate\`.

Settings come from the environment. \`node dist/api/main.js --check-config\` names each wrong or missing one and exits 1.
Where \`DATABASE_URL\` is set (the external profile), those marked in the last column must be set too.

| setting | what it is | default | required with \`DATABASE_URL\` |
|---|---|---|---|
${Object.entries(SETTINGS).map(row).join('\n')}

## Of a runner

\`gatehouse runner\` reads these and no others; \`--check-config\` names each wrong or missing one. Those without a default that do not
say when they may be absent must be set.

| setting | what it is | default |
|---|---|---|
${Object.entries(RUNNER_SETTINGS).map(runnerRow).join('\n')}
`

if (!process.argv.includes('--check')) await writeFile(page, text)
else if ((await readFile(page, 'utf8').catch(() => '')) !== text) {
  console.error('docs/reference/settings.md is not what the settings say. Run: npm run settings:generate')
  process.exitCode = 1
}
