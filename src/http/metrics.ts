import { Hono } from 'hono';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of a Node process: requests by route and what the process itself uses. Loaded by the Node server only. */
export function metrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers: [registry],
  });
  return {
    observe: ({ seconds, method, route, status }: { method: string; route: string; status: number; seconds: number }) =>
      requests.observe({ method, route, status }, seconds),
    route: new Hono().get('/metrics', async (c) =>
      c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
    ),
  };
}
