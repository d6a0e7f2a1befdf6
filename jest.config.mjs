import { FOLDERS } from './scripts/folders.mjs'

/** Unit and integration tests run on the sources; `npm test` builds first because end-to-end tests start the built service. */
export default {
  testEnvironment: 'node',
  // Specs wait for children, timers and PostgreSQL as much as they work, so that each core has enough for one worker.
  maxWorkers: '100%',
  // A worker keeps something of each module graph that it loaded: one that has grown so far is begun anew.
  workerIdleMemoryLimit: '1500MB',
  // Ends what hangs, and says nothing about speed: machines that build elsewhere at the same time take long.
  testTimeout: 120_000,
  globalSetup: '<rootDir>/api/testing/jest-setup.mjs',
  globalTeardown: '<rootDir>/api/testing/jest-teardown.mjs',
  roots: FOLDERS.map((folder) => `<rootDir>/${folder}`),
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testRegex: '\\.spec\\.tsx?$',
  moduleNameMapper: {
    '^@gatehouse/sdk/streams$': '<rootDir>/sdk/guest/streams.ts',
    '^@gatehouse/sdk$': '<rootDir>/sdk/guest/index.ts',
    '^#(.*)\\.js$': '<rootDir>/$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic' },
          },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
