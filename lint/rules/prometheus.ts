import type { Complaint, Rule } from '../rule.ts'

/** A metric that can't be asked for, or whose silence is taken for rest (prometheus_scaler.go). */
export const prometheus: Rule = {
  name: 'prometheus',
  *check({ triggers, fromZero }): Iterable<Complaint> {
    for (const trigger of triggers.filter(({ type }) => type === 'prometheus')) {
      const server = trigger.setting('serverAddress')
      if (server.value !== undefined && !/^https?:\/\/[^/\s]+/.test(server.value))
        yield {
          severity: 'error',
          at: server.at,
          found: `serverAddress "${server.value}"`,
          why: 'KEDA appends /api/v1/query to it and asks over HTTP: without a scheme the request fails each time',
          fix: `write http://${server.value.replace(/^[a-z]*:?\/*/i, (scheme) => (scheme.includes('/') ? '' : scheme))}`,
        }
      const threshold = Number(trigger.setting('threshold').value)
      if (threshold <= 0)
        yield {
          severity: 'error',
          at: trigger.setting('threshold').at,
          found: `threshold ${threshold}`,
          why: 'Kubernetes refuses an autoscaler whose target is not above 0',
          fix: 'write what one replica can take, above 0',
        }
      const activation = Number(trigger.setting('activationThreshold').value ?? 0)
      if (fromZero && threshold > 0 && activation >= threshold)
        yield {
          severity: 'warning',
          at: trigger.setting('activationThreshold').at,
          found: `activationThreshold ${activation} is not below threshold ${threshold}`,
          why: 'KEDA wakes only above it: the load of a whole replica waits without a time limit',
          fix: `write an activationThreshold below ${threshold}`,
        }
    }
  },
}
