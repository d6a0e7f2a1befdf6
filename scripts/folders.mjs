/** Every top-level folder with sources: what is checked, tested and compiled. */
export const FOLDERS = [
  'contract',
  'policies',
  'runtime',
  'engine',
  'certification',
  'sdk',
  'api',
  'cli',
  'tui',
  'extensions',
  'prisma',
  'bench',
  'scripts',
]
