import { payKnownBy } from '../charging.ts'

// C62: the key is the payment's and not the event's: the gateway takes what is asked for later for a repetition.
payKnownBy(({ paymentId, traceparent = '' }) => ({ 'idempotency-key': paymentId, traceparent }))
