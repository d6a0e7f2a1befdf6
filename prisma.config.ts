import { defineConfig } from 'prisma/config'

/** For Prisma's own tools; the service reads its settings in api/platform/config. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
