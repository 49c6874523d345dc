# syntax=docker/dockerfile:1

# An image of one build: the server, what it needs of its dependencies, and the program that migrates the database. Nothing in it is written
# while it runs. `npm run test:image` runs these steps where there is no container engine.

# Built on the machine that builds, for every platform at once: what comes out is JavaScript alone.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /src
ENV PRISMA_SKIP_POSTINSTALL_GENERATE=1
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
COPY . .
RUN npm run build -- --into=/app

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app ./
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["node", "health.js"]
CMD ["node", "serve.js"]
