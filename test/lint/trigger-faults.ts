import type { Draw } from './draw.ts'
import type { DrawnTrigger } from './generated-case.ts'
import { Plain, type Written } from './yaml-text.ts'

/** Something that people get wrong in a trigger; named, so that a disagreement can be told. */
export type TriggerFault = (trigger: DrawnTrigger, draw: Draw) => void

function keyOf({ metadata }: DrawnTrigger, draw: Draw): string {
  const keys = Object.keys(metadata).filter((key) => metadata[key] !== undefined)
  return keys[draw.whole(0, keys.length - 1)] ?? 'value'
}

/** What the trigger is given is not in the manifest. */
export const UNTOLD = 'an authentication that is not there'

export const TRIGGER_FAULTS: Readonly<Record<string, TriggerFault>> = {
  'a key is left out': (trigger, draw) => {
    delete trigger.metadata[keyOf(trigger, draw)]
  },
  'a key is misspelt': (trigger, draw) => {
    const key = keyOf(trigger, draw)
    trigger.metadata[`${key.slice(0, -1)}_`] = trigger.metadata[key]
    delete trigger.metadata[key]
  },
  'a value is a word': (trigger, draw) => {
    trigger.metadata[keyOf(trigger, draw)] = draw.one('fifty', 'yes', 'Enabled', '')
  },
  'a value is a number of another kind': (trigger, draw) => {
    trigger.metadata[keyOf(trigger, draw)] = draw.one(
      '0',
      '-1',
      '1.5',
      '1e3',
      '007',
      ' 7 ',
      '9223372036854775808',
      '+3',
      '1_0',
      'null',
    )
  },
  'a value is not quoted': (trigger, draw) => {
    trigger.metadata[keyOf(trigger, draw)] = new Plain(
      draw.one(
        '5',
        '1.5',
        'true',
        'no',
        'on',
        'y',
        '010',
        '0x1F',
        '1_000',
        '~',
        '12:30',
        '2026-01-31',
        '.5',
        'off',
        '08',
        '1e3',
        '0o7',
        '0b11',
        'plain',
      ),
    )
  },
  'a value is a list': (trigger, draw) => {
    trigger.metadata[keyOf(trigger, draw)] = ['a', 'b']
  },
  'a key of spec in metadata': (trigger) => {
    trigger.metadata.maxReplicaCount = '3'
  },
  'a key of the authentication in metadata': (trigger) => {
    trigger.metadata.username = 'reader'
  },
  'a key of metadata beside it': (trigger) => {
    trigger.more = { topic: 'orders' }
  },
  'the type is misspelt': (trigger, draw) => {
    trigger.type = draw.one<Written>(
      `${trigger.type}s`,
      String(trigger.type).toUpperCase(),
      '',
      new Plain('yes'),
    )
  },
  'a metric type': (trigger, draw) => {
    trigger.metricType = draw.one('Utilization', 'AverageValue', 'Value', 'value', '', undefined)
  },
  'cached metrics': (trigger, draw) => {
    trigger.useCachedMetrics = draw.one<Written>(true, false, 'true', new Plain('yes'))
  },
  'a name that is not a text': (trigger, draw) => {
    trigger.name = draw.one<Written>(5, new Plain('on'), '', null)
  },
  [UNTOLD]: (trigger) => {
    trigger.authenticationRef = { name: 'nobody' }
  },
  'an authenticationRef of another shape': (trigger, draw) => {
    trigger.authenticationRef = draw.one<Written>(
      { nme: 'a' },
      { name: 'a', kind: 'Secret' },
      'a',
      {},
      { name: '' },
    )
  },
  'no metadata': (trigger) => {
    trigger.metadata = {}
  },
  'a value from the environment': (trigger, draw) => {
    const key = keyOf(trigger, draw)
    trigger.metadata[`${key}FromEnv`] = draw.one('SET', 'EMPTY', 'UNSET')
    delete trigger.metadata[key]
  },
}
