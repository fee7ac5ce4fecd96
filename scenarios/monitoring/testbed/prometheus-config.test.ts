import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prometheusConfig, type Watched } from './prometheus-config.ts'

const WATCHED: Watched = {
  monitor: 'lag-exporter',
  at: { host: '127.0.0.1', port: 4711 },
  path: '/metrics',
  prefixed: ['consumergroup', 'topic'],
  prefix: 's01.',
  alerts: { at: { host: '127.0.0.1', port: 4712 }, path: '/alerts' },
}

test('names lose the prefix of the scenario, and it alone', () => {
  const {
    scrape_configs: [job],
  } = prometheusConfig(WATCHED)
  assert.deepEqual(job?.metric_relabel_configs, [
    { source_labels: ['consumergroup'], regex: 's01\\.(.*)', target_label: 'consumergroup' },
    { source_labels: ['topic'], regex: 's01\\.(.*)', target_label: 'topic' },
  ])
})

test('names without a prefix stay as they are', () => {
  const {
    scrape_configs: [job],
  } = prometheusConfig({ ...WATCHED, prefix: '' })
  assert.deepEqual(job?.metric_relabel_configs, [])
})

test('alerts go where Alertmanager would take them', () => {
  const { alerting } = prometheusConfig(WATCHED)
  assert.equal(alerting.alertmanagers[0]?.path_prefix, '/alerts')
  assert.deepEqual(alerting.alertmanagers[0]?.static_configs, [{ targets: ['127.0.0.1:4712'] }])
})
