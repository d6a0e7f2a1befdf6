# syntax=docker/dockerfile:1
# The service against a PostgreSQL of your own. Build: docker build -t gatehouse .
# Run: docker run --env-file gatehouse.env -p 3000:3000 -v gatehouse:/var/lib/gatehouse gatehouse
# A runner: docker run --no-healthcheck --env-file runner.env -p 4000:4000 gatehouse node dist/api/runners/machine/main.js
# Slots need user namespaces: --security-opt seccomp=unconfined (or a profile that allows unshare), else /readyz says isolation: degraded.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/setup.mjs && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap ca-certificates tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/gatehouse --create-home gatehouse
WORKDIR /app
COPY --from=build /app /app
USER 10001
ENV GATEHOUSE_DATA=/var/lib/gatehouse HOST=0.0.0.0 PORT=3000 NODE_ENV=production
VOLUME /var/lib/gatehouse
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--max-semi-space-size=64", "--heap-growing-percent=100", "dist/api/main.js"]
