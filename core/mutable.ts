/** The same, for the one that fills it in. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }
