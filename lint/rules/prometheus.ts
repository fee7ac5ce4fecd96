import type { Complaint, Rule } from '../rule.ts'

/** A metric that can't be asked for, or whose silence is taken for rest (prometheus_scaler.go). */
export const prometheus: Rule = {
  name: 'prometheus',
  text: {
    finds: 'an address without a scheme, an activation that holds back',
    keda: 'it asks over HTTP at `<serverAddress>/api/v1/query`, and wakes only above activationThreshold',
    source: 'pkg/scalers/prometheus_scaler.go, ExecutePromQuery and GetMetricsAndActivity',
    write: '`http://…`, an activationThreshold below the threshold',
  },
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
