import { type Endpoint, endpointText } from '../../../core/endpoint.ts'

/** Of the `n`th rule file. */
export function rulesName(n: number): string {
  return `rules-${n + 1}.yml`
}

/** Seconds between two scrapes, and between two evaluations. */
export const INTERVAL = 1

/** A label whose values rules say otherwise than this scenario has them. */
export interface Relabelled {
  readonly label: string
  /** A regular expression that a value is as a whole, and what it becomes: `$1` is its first group. */
  readonly from: string
  readonly to: string
}

export interface Watched {
  readonly monitor: string
  readonly at: Endpoint
  readonly path: string
  readonly relabelled: readonly Relabelled[]
  /** How many rule files there are. */
  readonly rules: number
  /** What alerts are posted to: host and port, and the path of the API's root. */
  readonly alerts: { readonly at: Endpoint; readonly path: string }
}

/** Labels lose the prefix that this scenario's topics and groups have: rules are evaluated as they are written. */
export function unprefixed(labels: readonly string[], prefix: string): readonly Relabelled[] {
  if (prefix === '') return []
  return [...new Set(labels)].map((label) => ({ label, from: `${plain(prefix)}(.*)`, to: '$1' }))
}

/** A value is called otherwise. */
export function renamed(label: string, from: string, to: string): Relabelled {
  return { label, from: plain(from), to: to.replaceAll('$', '$$$$') }
}

function plain(text: string): string {
  return text.replace(/[^\w]/g, '\\$&')
}

/**
 * A Prometheus that scrapes one monitor, evaluates the user's rules and posts alerts where Alertmanager would take them.
 */
export function prometheusConfig({ monitor, at, path, relabelled, rules, alerts }: Watched) {
  const every = `${INTERVAL}s`
  return {
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: Array.from({ length: rules }, (_, n) => rulesName(n)),
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
        metric_relabel_configs: relabelled.map(({ label, from, to }) => ({
          source_labels: [label],
          regex: from,
          target_label: label,
          replacement: to,
        })),
      },
    ],
  }
}
