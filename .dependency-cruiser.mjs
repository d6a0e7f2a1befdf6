/**
 * The order of the house: a part imports only parts before it. Broken rules fail `npm run check`.
 */
const PARTS = ['contract', 'policies', 'runtime', 'engine', 'certification', 'sdk', 'api']

/** Inside api/: a module imports only modules before it. Modules in one entry stand side by side. */
const MODULES = [
  ['platform'],
  ['killswitch'],
  ['runners'],
  ['ledger'],
  ['gate'],
  ['documents'],
  ['approvals'],
  ['identity'],
  ['sign-in'],
  ['scim'],
  ['access'],
  ['privacy'],
  ['policy'],
  ['agents'],
  ['stops'],
  ['registry'],
  ['installs'],
  ['capabilities'],
  ['invocations'],
  ['gateway', 'ext-api'],
  ['usage'],
  ['health'],
  ['enforcement'],
  ['incidents'],
  ['billing'],
  ['events'],
  ['marketplace'],
  ['operations'],
]

const alternatives = (names) => `(${names.join('|')})`

/** `order[i]` may not import anything after it. */
const orderRules = (prefix, order) =>
  order.slice(0, -1).map((names, index) => ({
    name: `order: ${prefix}${names.join(', ')}`,
    comment: `A part imports only parts before it: see the order in .dependency-cruiser.mjs`,
    severity: 'error',
    from: { path: `^${prefix}${alternatives(names)}/` },
    to: { path: `^${prefix}${alternatives(order.slice(index + 1).flat())}/` },
  }))

/** The code of one module with these files left out. */
const outside = (name, from, to) => ({ name, severity: 'error', from, to })

export default {
  forbidden: [
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no unresolved imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^gatehouse:extension/' },
    },
    ...orderRules(
      '',
      PARTS.map((part) => [part]),
    ),
    ...orderRules('api/', MODULES),
    outside('clients talk to the service and do not import it', { path: '^(sdk|cli|tui|web)/' }, { path: '^api/' }),
    outside(
      'extensions import the sdk only',
      { path: '^extensions/', pathNot: '\\.spec\\.ts$' },
      { path: '^(contract|policies|runtime|engine|certification|api|cli|tui|bench)/' },
    ),
    outside(
      'the demo is an outsider',
      { path: '^scripts/demo(-policy|-identity)?/', pathNot: '\\.spec\\.ts$' },
      { path: '^(contract|policies|runtime|engine|certification|api|tui)/' },
    ),
    outside(
      'only the engine evaluates policy',
      { pathNot: '^(engine|bench)/' },
      { path: 'node_modules/@open-policy-agent/opa-wasm' },
    ),
    outside(
      'only repositories and the platform speak to PostgreSQL',
      {
        path: '^api/',
        pathNot: '(^api/(platform|testing|operations)/|\\.repository\\.ts$|\\.sql\\.ts$|\\.spec\\.ts$|/testing/)',
      },
      { path: 'node_modules/(pg|@prisma/client|@prisma/adapter-pg)/', dependencyTypesNot: ['type-only'] },
    ),
    outside(
      'only specs use what specs are given',
      {
        pathNot:
          '(\\.spec\\.tsx?$|/testing/|^jest\\.config|^bench/|^scripts/(hostile|conformance)/|^tui/frames\\.tsx$)',
      },
      { path: '/testing/' },
    ),
    outside('no spec is imported', {}, { path: '\\.spec\\.tsx?$' }),
    outside(
      'rules are pure: no server, no database, no files',
      { path: '\\.rules\\.ts$' },
      {
        path: '(^node:(fs|net|http|child_process)|node_modules/(pg|fastify|@nestjs)/|\\.repository\\.ts$|\\.service\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'scripts/resolve-sources.mjs' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|^prisma/generated/|/guest/dist/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
