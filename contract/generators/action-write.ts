import { ACTION_IDS, actionEntry } from '../actions.js'

const row = (action: string, table: string, crossTenant: boolean) => `  ('${action}', '${table}', ${crossTenant})`

/** SQL that fills `action_write`: which tables each action may write, as PostgreSQL holds it against every permit. */
export function actionWriteSql(): string {
  const rows = ACTION_IDS.flatMap((id) => {
    const entry = actionEntry(id)
    return entry.writes.map((table) => row(id, table, entry.crossTenant ?? false))
  })
  return `-- Generated from contract/actions.ts by \`npm run contract:generate\`. Runs after every migration run.
TRUNCATE action_write;
INSERT INTO action_write (action, table_name, cross_tenant) VALUES
${rows.join(',\n')};
`
}
