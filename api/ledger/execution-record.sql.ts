/** Columns of an execution that its leaf has as they are. Named one by one: a column that comes later is in no older leaf. */
const PLAIN = [
  ...['artifact', 'correlation_id', 'decisions', 'denied_calls', 'digest', 'endpoint', 'engine', 'extension', 'fuel'],
  ...['host_calls', 'id', 'input_digest', 'install_id', 'memory_bytes', 'outcome', 'output_bytes', 'output_digest'],
  ...[
    'publisher_id',
    'recording_digest',
    'revision',
    'semver',
    'slot',
    'status',
    'tenant_id',
    'wall_ms',
    'workspace_id',
  ],
]
const MOMENTS = ['started_at', 'ended_at']

/** The columns of execution `x` as its leaf has them: moments in milliseconds since the epoch. */
export const EXECUTION_RECORD = `jsonb_build_object('kind', 'execution', ${[
  ...PLAIN.map((column) => `'${column}', x.${column}`),
  ...MOMENTS.map((column) => `'${column}', (extract(epoch FROM x.${column}) * 1000)::bigint`),
].join(', ')})`
