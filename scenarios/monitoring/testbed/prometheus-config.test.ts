import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prometheusConfig, renamed, unprefixed, type Watched } from './prometheus-config.ts'

const WATCHED: Watched = {
  monitor: 'lag-exporter',
  at: { host: '127.0.0.1', port: 4711 },
  path: '/metrics',
  relabelled: [],
  rules: 2,
  alerts: { at: { host: '127.0.0.1', port: 4712 }, path: '/alerts' },
}

const relabelling = (relabelled: Watched['relabelled']) =>
  prometheusConfig({ ...WATCHED, relabelled }).scrape_configs[0]?.metric_relabel_configs

test('names lose the prefix of the scenario, and it alone', () => {
  const how = { regex: 's01\\.(.*)', replacement: '$1' }
  assert.deepEqual(relabelling(unprefixed(['consumergroup', 'topic', 'topic'], 's01.')), [
    { source_labels: ['consumergroup'], target_label: 'consumergroup', ...how },
    { source_labels: ['topic'], target_label: 'topic', ...how },
  ])
})

test('names without a prefix stay as they are', () => {
  assert.deepEqual(unprefixed(['topic'], ''), [])
})

test('a slot is called as the rules call it', () => {
  assert.deepEqual(relabelling([renamed('slot_name', 's01_a', 'orders')]), [
    { source_labels: ['slot_name'], regex: 's01_a', target_label: 'slot_name', replacement: 'orders' },
  ])
})

test('each rule file has a name of its own', () => {
  assert.deepEqual(prometheusConfig(WATCHED).rule_files, ['rules-1.yml', 'rules-2.yml'])
})

test('alerts go where Alertmanager would take them', () => {
  const { alerting } = prometheusConfig(WATCHED)
  assert.equal(alerting.alertmanagers[0]?.path_prefix, '/alerts')
  assert.deepEqual(alerting.alertmanagers[0]?.static_configs, [{ targets: ['127.0.0.1:4712'] }])
})
