import { defineConfig } from 'prisma/config';

/** For Prisma's own tools; the app and `npm run db:migrate` read the environment through lib/server/runtime/env.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
