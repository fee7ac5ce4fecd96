import { type FieldShape, SHAPES } from './shapes.ts'

const TYPES: Readonly<Record<FieldShape, object>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  'string?': { type: ['string', 'null'] },
  'number?': { type: ['number', 'null'] },
  any: {},
  object: { type: 'object' },
  'object[]': { type: 'array', items: { type: 'object' } },
  'string[]': { type: 'array', items: { type: 'string' } },
}

/** JSON Schema of one line of `history.ndjson`; committed as history.schema.json, a test keeps them equal. */
export function historySchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'One event of an eventproof history',
    type: 'object',
    required: ['seq', 'at', 'scenario', 'kind'],
    properties: {
      seq: { type: 'integer', minimum: 1 },
      at: { type: 'number', minimum: 0 },
      scenario: { type: 'string' },
      kind: { enum: Object.keys(SHAPES) },
    },
    oneOf: Object.entries(SHAPES).map(([kind, fields]) => ({
      properties: {
        kind: { const: kind },
        ...Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, TYPES[shape]])),
      },
      required: Object.keys(fields),
    })),
  }
}
