import { change, table } from '../fixture/entered.ts'

const WIRE = ['wire', 'orders'] as const

for (const [window, says] of [
  ['W4a', /got no answer; .+ was stored at offset 0$/],
  ['W4b', /was answered 3 s late; /],
] as const) {
  table(window, [
    [
      'one request was hit before its row was marked',
      says,
      (h) => {
        h.fault('armed', ...WIRE)
        const order = change(h)
        h.fault('tookEffect', ...WIRE).publish(order)
        h.fault('cleared', ...WIRE).mark(order)
      },
    ],
    [
      'the row was marked before: another request was hit',
      undefined,
      (h) => {
        h.fault('armed', ...WIRE)
        const order = change(h)
        h.publish(order)
        h.mark(order)
        h.fault('tookEffect', ...WIRE).fault('cleared', ...WIRE)
      },
    ],
    [
      'no request was hit',
      undefined,
      (h) => {
        h.fault('armed', ...WIRE)
        h.publish(change(h))
        h.fault('cleared', ...WIRE)
      },
    ],
    [
      'nothing was stored',
      undefined,
      (h) => {
        h.fault('armed', ...WIRE)
        change(h)
        h.fault('tookEffect', ...WIRE).fault('cleared', ...WIRE)
      },
    ],
  ])
}
