import { type Endpoint, endpointText } from '../../../core/endpoint.ts'

export const RULES = 'rules.yml'
/** Seconds between two scrapes, and between two evaluations. */
export const INTERVAL = 1

export interface Watched {
  readonly monitor: string
  readonly at: Endpoint
  readonly path: string
  /** Labels that carry names with the scenario's prefix. */
  readonly prefixed: readonly string[]
  readonly prefix: string
  /** What alerts are posted to: host and port, and the path of the API's root. */
  readonly alerts: { readonly at: Endpoint; readonly path: string }
}

/**
 * A Prometheus that scrapes one monitor, evaluates the user's rules and posts alerts where Alertmanager would take them.
 * Labels lose the prefix that this scenario's topics and groups have: rules are evaluated as they are written.
 */
export function prometheusConfig({ monitor, at, path, prefixed, prefix, alerts }: Watched) {
  const every = `${INTERVAL}s`
  const plain = prefix.replace(/[^\w]/g, '\\$&')
  return {
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: [RULES],
    alerting: {
      alertmanagers: [
        {
          scheme: 'http',
          path_prefix: alerts.path,
          api_version: 'v2',
          static_configs: [{ targets: [endpointText(alerts.at)] }],
        },
      ],
    },
    scrape_configs: [
      {
        job_name: monitor,
        metrics_path: path,
        static_configs: [{ targets: [endpointText(at)] }],
        metric_relabel_configs: (prefix === '' ? [] : prefixed).map((label) => ({
          source_labels: [label],
          regex: `${plain}(.*)`,
          target_label: label,
        })),
      },
    ],
  }
}
